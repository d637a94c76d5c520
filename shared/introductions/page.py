"""The pages that the links of e-mails lead to: plain HTML and one form, without scripts and without outside resources.

The address of a page contains the token, so the headers keep it secret: no referrer, no cache, no frame of another site.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from shared.email.letter import without_misleading_characters
from shared.introductions import service

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from shared.config import LetterLimits
    from shared.email.repository import TokenHolder
    from shared.plumbing.postgres.database import Session

HTML = "text/html; charset=utf-8"

_STYLE = """
:root { color-scheme: light dark; --ink: #1e293b; --quiet: #64748b; --paper: #f8fafc; --card: #fff; --line: #e2e8f0; --amber: #f59e0b }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e2e8f0; --quiet: #94a3b8; --paper: #0f172a; --card: #1e293b; --line: #334155 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 Inter, system-ui, sans-serif }
main { max-width: 36rem; margin: 0 auto; padding: 2rem 1.25rem }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1.75rem }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 1rem }
blockquote { margin: 0 0 1.25rem; padding: .1rem 0 .1rem 1rem; border-left: 3px solid var(--amber); white-space: pre-line; overflow-wrap: anywhere }
label { display: block; font-weight: 600; margin: 1.25rem 0 .35rem }
textarea, input { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .75rem }
.choice { display: flex; gap: 1rem; align-items: baseline; padding: .9rem 0; border-top: 1px solid var(--line) }
.choice:first-of-type { margin-top: 1.5rem }
button { flex: none; width: 9.5rem; white-space: nowrap; font: inherit; font-weight: 600; color: inherit; background: none; border: 1px solid var(--line); border-radius: 8px; padding: .6rem .5rem; cursor: pointer }
button.first { background: var(--amber); border-color: var(--amber); color: #1c1917 }
button:focus-visible, textarea:focus-visible, input:focus-visible { outline: 3px solid var(--amber); outline-offset: 2px }
.quiet { color: var(--quiet); font-size: .9rem }
@media (max-width: 480px) { .choice { display: block } button { width: 100%; margin-bottom: .4rem } main { padding: 0 } .card { border-radius: 0; border-width: 0 0 1px } }
"""


def headers() -> dict[str, str]:
    """The HTTP headers that protect a page whose address is a secret."""
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        ),
    }


def answer(tx: Session, holder: TokenHolder, form: Mapping[str, str], limits: LetterLimits, now: datetime) -> str:
    """Process the form of the page.

    Returns:
        A sentence about the result, for the recipient to read.

    Raises:
        ValidationFailed, Conflict, LetterBudgetSpent: see `service.answer_question`.
    """
    from shared.introductions.models import IntroductionAnswer  # noqa: PLC0415 - pydantic, which showing a page does without
    from shared.models import validated  # noqa: PLC0415 - as above

    decision = form.get("decision", "")
    if decision == "stop" or form.get("List-Unsubscribe") == "One-Click":
        service.stop_emails(tx, holder, now)
        return service.STOPPED
    sent = {
        "decision": decision,
        "note": form.get("note", "").replace("\r\n", "\n"),
        "email": form.get("email") or None,
    }
    done = service.answer_question(tx, holder, validated(IntroductionAnswer, sent), limits, now)
    return str(done["detail"])


def message_page(title: str, text: str) -> str:
    """A page with a title and one sentence."""
    return framed(title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>")


def question_page(question: Mapping[str, Any]) -> str:
    """The page for the holder of a token.

    Args:
        question: see `service.Question.as_json`.
    """
    if question["state"] != "open":
        return _closed_page(question)
    who, target = question["requester"]["name"], question["target"]
    is_target = question["role"] == "target"
    title = f"{who} would like to meet you" if is_target else f"Would you introduce {who} to {target['name']}?"
    parts = [f"<h1>{escape(title)}</h1>"]
    if not is_target:
        parts.append(f"<p>{escape(_about_target(question))}</p>")
    if question["purpose"]:
        parts.append(f"<p>It is about: {escape(question['purpose'])}. {escape(who)} writes:</p>")
    else:
        parts.append(f"<p>{escape(who)} writes:</p>")
    parts.append(f"<blockquote>{escape(question['message'])}</blockquote>")
    if question["note"]:
        parts.append(f"<p>The person who passed this on adds:</p><blockquote>{escape(question['note'])}</blockquote>")
    parts.append(_form(question))
    times = question["asked_lately"]
    if not is_target and times > 1:
        parts.append(f'<p class="quiet">You were asked for introductions {times} times in the last month.</p>')
    return framed(title, "".join(parts))


def _about_target(question: Mapping[str, Any]) -> str:
    target, following = question["target"], question["next"]
    about = ", ".join(part for part in (target["title"], target["company"]) if part)
    described = f"{target['name']} ({about})" if about else target["name"]
    if following["name"] == target["name"]:
        return f"You know {described}."
    return f"You know {following['name']}, the next person on the path to {described}."


def _form(question: Mapping[str, Any]) -> str:
    ask_email = ""
    if question["needs_email"]:
        following = escape(question["next"]["name"])
        ask_email = (
            f'<label for="email">E-mail address of {following}, needed only if you accept</label>'
            '<input id="email" name="email" type="email" maxlength="320" autocomplete="off">'
        )
    choices = "".join(
        f'<div class="choice"><button name="decision" value="{value}"{" class=first" if value == "accept" else ""}>'
        f"{escape(label)}</button><span>{escape(effect)}</span></div>"
        for value, label, effect in _choices(question)
    )
    return (
        '<form method="post"><label for="note">Add a few words, if you like</label>'
        f'<textarea id="note" name="note" rows="3" maxlength="1000"></textarea>{ask_email}{choices}</form>'
    )


def _choices(question: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The answers to choose from: value, label and effect of each."""
    who = question["requester"]["name"]
    never = (
        "stop",
        "Never ask me",
        f"Counts as a no, and nobody can send requests or invitations to this address again. {who} only learns of a no.",
    )
    if question["role"] == "target":
        return [
            ("accept", "Yes", f"We send one e-mail to you and {who}, with both addresses and your words."),
            (
                "not_now",
                "Not now",
                f"{who} learns that now is not a good time. Your address and your words are not passed on.",
            ),
            ("decline", "No", f"{who} learns that it did not work out, but not why. Your words are not passed on."),
            never,
        ]
    following = question["next"]["name"]
    return [
        (
            "accept",
            "Accept",
            f"We ask {following} next, with the words of {who} and yours. {who} learns that you accepted.",
        ),
        (
            "not_now",
            "Not now",
            f"{who} learns that now is not a good time, and reads your words. {following} is not asked.",
        ),
        (
            "decline",
            "Decline",
            f"{who} learns that it did not work out, and reads your words. {following} is not asked.",
        ),
        never,
    ]


def _closed_page(question: Mapping[str, Any]) -> str:
    answers = {
        "accept": "You said yes.",
        "decline": "You said no.",
        "not_now": 'You said "not now".',
        "never": 'You said "never".',
    }
    text = {
        "answered": f"{answers.get(str(question.get('decision')), '')} An answer cannot be changed.",
        "expired": "The time to answer is over.",
        "closed": "There is nothing to answer here any more.",
    }[question["state"]]
    form = (
        '<form method="post"><div class="choice"><button name="decision" value="stop">Never ask me</button>'
        "<span>Nobody can send you requests or invitations through Warmpath at this address again.</span></div></form>"
    )
    return framed("Nothing to do", f"<h1>Nothing to do</h1><p>{escape(text)}</p>{form}")


def framed(title: str, body: str) -> str:
    """A page in the style of all pages that the links of e-mails lead to; the body is HTML."""
    return without_misleading_characters(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f'<body><main><div class="card">{body}</div><p class="quiet">Warmpath: introductions with consent on both sides.</p>'
        "</main></body></html>"
    )
