"""The SQL side of notes. Answers leave Postgres as JSON text and are passed on unparsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shared.contacts.merging.repository import no_contact
from shared.errors import NotFound
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)


class NoteFields(NamedTuple):
    """What a user may set of a note: its Markdown, the time that it speaks of, and whether it is pinned."""

    text: str
    at: datetime
    pinned: bool


def hold_contact(tx: Session, contact_id: UUID) -> int:
    """Keep a contact from being deleted until the end of the transaction, and return its number.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    number: int | None = tx.value(QUERIES.hold_contact, user_id=tx.user_id, contact_id=contact_id)
    if number is None:
        raise no_contact(tx, contact_id)
    return number


def numbers_of(tx: Session, ids: Sequence[UUID]) -> dict[UUID, int]:
    """The numbers of contacts by id; an unknown id is left out."""
    return {row[0]: row[1] for row in tx.many(QUERIES.numbers_of, user_id=tx.user_id, ids=list(ids))}


def add_note(tx: Session, contact_no: int, fields: NoteFields, source: str) -> UUID:
    """Add a note, and return its id."""
    note_id: UUID = tx.value(
        QUERIES.add_note, user_id=tx.user_id, contact_no=contact_no, source=source, **fields._asdict()
    )
    return note_id


def get_note(tx: Session, contact_id: UUID, note_id: UUID) -> str:
    """A note of a contact as JSON.

    Raises:
        NotFound: the user has no such contact, or it has no such note.
    """
    if note_id == contact_id:
        document: str | None = tx.value(QUERIES.find_first_note, user_id=tx.user_id, contact_id=contact_id)
    else:
        document = tx.value(QUERIES.find_note, user_id=tx.user_id, contact_id=contact_id, note_id=note_id)
    if document is None:
        raise _missing(note_id)
    return document


def find_first_note(tx: Session, contact_id: UUID) -> str | None:
    """The field `notes` of a contact in the form of a note; None where it is blank."""
    document: str | None = tx.value(QUERIES.find_first_note, user_id=tx.user_id, contact_id=contact_id)
    return document


def list_notes(
    tx: Session, contact_id: UUID, before: tuple[bool, datetime | str, UUID], limit: int
) -> tuple[str, tuple[bool, datetime, UUID] | None]:
    """A page of the notes of a contact as a JSON array, and the place of its last one where more follow.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    row = tx.one(
        QUERIES.list_notes,
        user_id=tx.user_id,
        contact_id=contact_id,
        before_pinned=before[0],
        before_at=before[1],
        before_id=before[2],
        limit=limit,
    )
    assert row is not None
    items, pinned, at, last_id, more, exists = row
    if not exists:
        raise no_contact(tx, contact_id)
    return items, (pinned, at, last_id) if more else None


def search_notes(
    tx: Session, q: str, before: tuple[datetime | str, UUID], limit: int
) -> tuple[str, tuple[datetime, UUID] | None]:
    """A page of the notes of all contacts with these words as a JSON array, and the place of its last one where more follow."""
    patterns = tx.value(QUERIES.patterns_of, q=q)
    row = tx.one(
        QUERIES.search_notes,
        user_id=tx.user_id,
        patterns=patterns,
        before_at=before[0],
        before_id=before[1],
        limit=limit,
    )
    assert row is not None
    items, at, last_id, more = row
    return items, (at, last_id) if more else None


def lock_note(tx: Session, contact_id: UUID, note_id: UUID) -> NoteFields:
    """Keep others from changing a note until the transaction ends, and return it.

    Raises:
        NotFound: the user has no such contact, or it has no such note.
    """
    row = tx.one(QUERIES.lock_note, user_id=tx.user_id, contact_id=contact_id, note_id=note_id)
    if row is None:
        raise _missing(note_id)
    return NoteFields(*row)


def update_note(tx: Session, note_id: UUID, fields: NoteFields) -> None:
    """Set a note; write nothing where nothing differs."""
    tx.run(QUERIES.update_note, user_id=tx.user_id, note_id=note_id, **fields._asdict())


def delete_note(tx: Session, note_id: UUID) -> None:
    """Delete a note, and what it names."""
    set_mentions(tx, note_id, [])
    tx.run(QUERIES.delete_note, user_id=tx.user_id, note_id=note_id)


def set_mentions(tx: Session, note_id: UUID, nos: Sequence[int]) -> None:
    """Set the numbers of the contacts that a note names."""
    tx.run(QUERIES.set_mentions, user_id=tx.user_id, note_id=note_id, nos=list(nos))


def _missing(note_id: UUID) -> NotFound:
    return NotFound(f"this contact has no note {note_id}")
