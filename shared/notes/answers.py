"""The answers about notes, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.models import Answer


class Mention(Answer):
    """A contact that a note names."""

    id: UUID
    name: str


class Note(Answer):
    """A note of a contact, in Markdown.

    `at` is the time that it speaks of. `source` is `manual`, an import, or `contact` for the field `notes` of the contact, which is its first
    note and has the contact's id.
    """

    id: UUID
    contact_id: UUID
    text: str
    at: datetime
    pinned: bool
    source: str
    mentions: list[Mention]
    created_at: datetime
    updated_at: datetime


class NoteList(Answer):
    """A page of notes: the field `notes` first, then pinned ones, then the newest."""

    items: list[Note]
    next_cursor: str | None


class FoundNote(Note):
    """A note with the name of its contact."""

    contact_name: str


class FoundNotes(Answer):
    """A page of notes of all contacts, newest first."""

    items: list[FoundNote]
    next_cursor: str | None
