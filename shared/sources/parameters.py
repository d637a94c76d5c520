"""The words and query strings of sources."""

from __future__ import annotations

from typing import Literal

from shared.parameters import Page, decimal, one_of

Kind = Literal[
    "mail_file", "calendar_file", "linkedin", "chat_file", "imap", "caldav", "carddav", "google", "microsoft"
]
State = Literal["ready", "waiting", "running", "paused", "failed", "needs_attention"]
Security = Literal["tls", "starttls", "none"]
PersonState = Literal["proposed", "added", "ignored", "seen", "machine"]


class PeopleQuery(Page):
    """Which people are listed.

    Attributes:
        state: `proposed` wrote and were written to, or met, and are not contacts yet; `added` are contacts; `ignored` are not
            wanted; `seen` say too little so far; `machine` are addresses that do not belong to one person.
        min_strength: people whose tie is at least as strong today.
    """

    state: str = one_of(PersonState, default="proposed")
    min_strength: float = decimal(0.0, least=0, most=1)
