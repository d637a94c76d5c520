"""Letters as plain text and as HTML.

The text has 72 columns, quotes with ">", and addresses on separate lines, so that no line break splits them. The HTML is one
narrow column of ordinary elements with inline styles, because many mail clients drop style sheets. The only style sheet sets
the colours for dark mode; the letter stays readable without it.
"""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from shared.email.letter import (
    Block,
    Button,
    Divider,
    Links,
    Paragraph,
    Quote,
    Small,
    one_line,
    unlinked,
    without_misleading_characters,
)

if TYPE_CHECKING:
    from shared.email.letter import Letter

COLUMNS = 72

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_INK, _QUIET, _LINE, _PAPER, _CARD = "#1e293b", "#64748b", "#e2e8f0", "#f8fafc", "#ffffff"
# Amber 500 with nearly black text: a contrast of 8.3 to 1, in light and in dark mode.
_AMBER, _ON_AMBER = "#f59e0b", "#1c1917"
_DARK = """
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .paper { background: #0f172a !important } .card { background: #1e293b !important; border-color: #334155 !important }
  .ink { color: #e2e8f0 !important } .quiet { color: #94a3b8 !important } .line { border-color: #334155 !important }
}
@media (max-width: 600px) { .card { border-radius: 0 !important; padding: 24px 20px !important } .button { display: block !important } }
"""


class Rendered(NamedTuple):
    """A letter as its recipient gets it.

    Attributes:
        subject: one line.
        text: the plain-text part.
        html: the HTML part.
    """

    subject: str
    text: str
    html: str


def rendered(letter: Letter) -> Rendered:
    """Render a letter: the same result is sent and previewed."""
    return Rendered(one_line(letter.subject), as_text(letter), as_html(letter))


def as_text(letter: Letter) -> str:
    """Render a letter as plain text."""
    return without_misleading_characters("\n\n".join(_text(block) for block in letter.blocks)) + "\n"


def as_html(letter: Letter) -> str:
    """Render a letter as HTML."""
    preview = letter.preview or next((block.text for block in letter.blocks if isinstance(block, Paragraph)), "")
    body = "".join(_html(block) for block in letter.blocks)
    return without_misleading_characters(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{escape(one_line(letter.subject))}</title><style>{_DARK}</style></head>"
        f'<body class="paper" style="margin:0;padding:24px 0;background:{_PAPER};{_FONT}">'
        f'<div style="display:none;max-height:0;overflow:hidden">{escape(unlinked(preview))}</div>'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">'
        f'<table role="presentation" class="card" width="100%" style="max-width:560px;background:{_CARD};'
        f'border:1px solid {_LINE};border-radius:8px;text-align:left;padding:32px" cellpadding="0" cellspacing="0">'
        f"<tr><td>{body}</td></tr></table></td></tr></table></body></html>\n"
    )


def _text(block: Block) -> str:
    match block:
        case Paragraph(text):
            return _wrapped(_running(text))
        case Quote(text):
            return "\n".join(_wrapped(line, "> ") or ">" for line in text.splitlines())
        case Button(label, url):
            return f"{_running(label)}:\n{url}"
        case Links(links):
            return "\n".join(f"{_running(label)}:\n{url}" for label, url in links)
        case Divider(label):
            return f"---- {_running(label)} ".ljust(COLUMNS, "-")
        case Small(text, url):
            return _wrapped(_running(text)) + (f"\n{url}" if url else "")


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(
        textwrap.fill(
            line,
            COLUMNS,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.splitlines()
    )


def _html(block: Block) -> str:
    match block:
        case Paragraph(text):
            return f'<p class="ink" style="margin:0 0 16px;font-size:16px;line-height:1.55;color:{_INK}">{escape(unlinked(_running(text)))}</p>'
        case Quote(text):
            return (
                f'<blockquote class="ink" style="margin:0 0 16px;padding:2px 0 2px 16px;border-left:3px solid {_AMBER};'
                f'font-size:16px;line-height:1.55;color:{_INK}">{_lines(text)}</blockquote>'
            )
        case Button(label, url):
            return (
                f'<p style="margin:24px 0"><a class="button" href="{escape(url)}" style="display:inline-block;'
                f"background:{_AMBER};color:{_ON_AMBER};font-size:16px;font-weight:600;text-decoration:none;"
                f'text-align:center;padding:12px 20px;border-radius:8px">{escape(unlinked(label))}</a></p>'
            )
        case Links(links):
            actions = " &nbsp; ".join(
                f'<a class="ink" href="{escape(url)}" style="display:inline-block;padding:8px 12px;border:1px solid {_LINE};border-radius:8px;'
                f'text-decoration:none;color:{_INK}">{escape(unlinked(_running(label)))}</a>'
                for label, url in links
            )
            return f'<p style="margin:0 0 16px;font-size:14px;line-height:1.5">{actions}</p>'
        case Divider(label):
            return (
                f'<p class="quiet line" style="margin:28px 0 20px;padding-top:12px;border-top:1px solid {_LINE};'
                f'font-size:13px;color:{_QUIET}">{escape(unlinked(label))}</p>'
            )
        case Small(text, url):
            link = f' <a class="quiet" href="{escape(url)}" style="color:{_QUIET}">{escape(url)}</a>' if url else ""
            return (
                f'<p class="quiet" style="margin:12px 0 0;font-size:13px;line-height:1.5;color:{_QUIET};'
                f'word-break:break-word">{escape(unlinked(_running(text)))}{link}</p>'
            )


def _running(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    return escape(unlinked(text)).replace("\n", "<br>")
