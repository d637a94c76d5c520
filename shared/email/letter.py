"""A letter: the content of an e-mail in blocks, written once and rendered twice, as text and as HTML."""

from __future__ import annotations

import re
from typing import NamedTuple

from shared.names import visible_name

# Characters that make text look like other text, or like somebody else's words: direction marks and controls.
_MISLEADING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# The word joiner: invisible, and part of no address.
_JOINER = "\u2060"
_WORDS = re.compile(r"\S+")
# The signs by which mail programs find a link: a scheme, or a host whose last label is a word. A word with an @ in it is a mailbox.
_SCHEME, _HOST = re.compile(r"://"), re.compile(r"\w\.[^\W\d_]{2}")
_DOT = re.compile(r"\.(?=\w)")
_SCHEMES = re.compile(r"\b[a-z][a-z0-9]{1,14}://|\bwww\.|://", re.IGNORECASE)


class Paragraph(NamedTuple):
    """Running text. Line breaks in it become blanks, so that a name with a line break cannot start a new paragraph."""

    text: str


class Quote(NamedTuple):
    """The words of a person, with their line breaks."""

    text: str


class Button(NamedTuple):
    """The main action. The text form shows the label, and the address on a separate line."""

    label: str
    url: str


class Divider(NamedTuple):
    """A horizontal line with a label."""

    label: str


class Small(NamedTuple):
    """Small print; the address, if any, stands at its end."""

    text: str
    url: str = ""


class Links(NamedTuple):
    """Small actions side by side: pairs of a label and its address. The text form shows each address on a separate line."""

    links: tuple[tuple[str, str], ...]


Block = Links | Paragraph | Quote | Button | Divider | Small


class Letter(NamedTuple):
    """The content of an e-mail.

    Attributes:
        subject: one line.
        preview: the text that a list of e-mails shows beside the subject; empty: the first paragraph.
        blocks: the body, in order.
        sender: the name in `From`.
        reply_to: the address that answers go to; empty: the address of the service, which nobody reads.
        stop_url: the page where the recipient says "never again"; empty for letters that follow from the recipient's action.
    """

    subject: str
    blocks: tuple[Block, ...]
    preview: str = ""
    sender: str = "Warmpath"
    reply_to: str = ""
    stop_url: str = ""


def without_misleading_characters(text: str) -> str:
    """Remove the characters that change how text is displayed, so that it reads in the order in which it was written."""
    return _MISLEADING.sub("", text)


def unlinked(text: str) -> str:
    """Put a mark of no width into what a mail program would make a link of, so that it stays text.

    Only our own addresses, which stand in buttons and small print, are links: a letter of ours leads nowhere else.
    """
    return _WORDS.sub(_unlinked_word, text)


def _unlinked_word(found: re.Match[str]) -> str:
    word = found[0]
    if not _SCHEME.search(word) and ("@" in word or not _HOST.search(word)):
        return word
    return _DOT.sub(f".{_JOINER}", word.replace("://", f":{_JOINER}//"))


def one_line(text: str) -> str:
    """Text for a subject or a name: one line of visible characters, without direction marks and `https://`, at most MAX_LINE long."""
    line = " ".join(_SCHEMES.sub("", visible_name(text)).split()) or "…"
    return line if len(line) <= MAX_LINE else line[: MAX_LINE - 1] + "…"


MAX_LINE = 120
