"""The query parameters of requests about notes."""

from __future__ import annotations

from shared.parameters import Page, text


class NoteSearchQuery(Page):
    """Notes of all contacts.

    Attributes:
        q: words that stand in a note, or parts of words; case and accents are ignored. All notes when left out.
    """

    q: str = text("", longest=200)
