"""The pages of people without an account: plain HTML and one form, without scripts and without outside resources."""

from __future__ import annotations

from html import escape
from typing import Any

from shared.introductions.page import framed

_ASK = (
    "<h1>What does this installation hold about you?</h1>"
    "<p>Enter your e-mail address. We send a link to it, which shows what this installation of Warmpath holds about the address, "
    "and lets you have it erased. You need no account.</p>"
    '<form method="post"><label for="email">E-mail address</label>'
    '<input id="email" name="email" type="email" maxlength="320" required autocomplete="email">'
    '<div class="choice"><button class="first">Send the link</button><span>The link works for one day.</span></div></form>'
)
SENT = (
    "If this mailbox may get a letter now, a link is on its way to it. A mailbox gets at most two links in a day, and none after it has "
    "reported a letter as spam."
)


def ask_page() -> str:
    """The page that asks for the address."""
    return framed("What is held about you", _ASK)


def facts_page(address: str, facts: dict[str, Any]) -> str:
    """The page that shows the facts about an address.

    Args:
        address: the mailbox.
        facts: see `repository.facts_about`.
    """
    lines = _lines(facts)
    held = "".join(f"<p>{line}</p>" for line in lines) or "<p>Nothing.</p>"
    choices = (
        (
            "erase",
            "Erase",
            "What providers and users' mail and calendars say of you is deleted, also in contacts, and not asked for or counted again.",
        ),
        (
            "suppress",
            "Keep me out",
            "As above, and from now on no import, connected account or letter of this installation takes your address.",
        ),
    )
    form = "".join(
        f'<div class="choice"><button name="decision" value="{value}">{label}</button><span>{text}</span></div>'
        for value, label, text in choices
    )
    return framed(
        "What is held about you",
        f"<h1>What is held about {escape(address)}</h1>{held}"
        "<p>The address books of users are not listed here: each belongs to its user, who alone can see it. Ask the people who know "
        "you. With the second choice below nobody can add your address from a file or an account again.</p>"
        f'<form method="post">{form}</form>',
    )


def _lines(facts: dict[str, Any]) -> list[str]:
    lines = []
    if facts["has_account"]:
        lines.append("You have an account here. Sign in to see, export and erase all of it.")
    elif facts["had_account"]:
        lines.append(
            "There was an account with this address. A hash of the address stays, so that starting credits are given once."
        )
    if facts["joined_by_invitation"]:
        lines.append("You joined by an invitation; a hash of the address stays, so that it counts once.")
    if facts["letters_in_a_month"]:
        lines.append(f"Letters to you in the last month: {facts['letters_in_a_month']}.")
    if facts["questions"]:
        lines.append(f"Requests for introductions that you were asked about: {facts['questions']}.")
    since = {
        "wants_no_letters_since": "You want no requests and invitations, since",
        "not_delivered_since": "A letter to you came back, on",
        "complained_at": "You reported a letter as spam, on",
        "withheld_since": "You want to be kept by nobody here, since",
    }
    lines += [f"{words} {escape(facts[name][:10])}." for name, words in since.items() if facts[name]]
    if facts["refused_enrichment_at"]:
        lines.append(
            f"You have refused to be looked up at {escape(facts['refused_enrichment_at'])}; no provider is asked about you."
        )
    for answer in facts["providers"]:
        said = "nothing" if answer["outcome"] != "found" else ", ".join(_said(answer["answer"] or {})) or "something"
        lines.append(
            f"{escape(answer['provider'])} said on {escape(answer['fetched_at'][:10])}: {said}. Kept until {escape(answer['expires_at'][:10])}."
        )
    if facts["further_provider_answers"]:
        lines.append(f"Further answers of providers, for single users: {facts['further_provider_answers']}.")
    return lines


def _said(answer: dict[str, Any]) -> list[str]:
    said = []
    for field, value in answer.items():
        shown = (
            value.get("value") if isinstance(value, dict) else value[0] if isinstance(value, list) and value else value
        )
        said.append(f"{escape(str(field))} {escape(str(shown))}")
    return said
