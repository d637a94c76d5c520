"""The use cases of notes. The field `notes` of a contact is its first note, under the contact's own id."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from shared.errors import FieldError, ValidationFailed, quoted
from shared.notes import repository
from shared.notes.repository import NoteFields
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.notes.models import NoteCreate, NotePatch
    from shared.notes.parameters import NoteSearchQuery
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session

_LAST_ID = UUID(int=2**128 - 1)
_LATEST = "infinity"
_LATEST_TIME = datetime(9999, 12, 31, tzinfo=UTC)
# A place that names another contact: [@Ana Diaz](contact:5f0c...).
_MENTION = re.compile(r"\]\(contact:([^\s)]{1,100})\)")
MAX_MENTIONS = 100
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 9998


def add_note(tx: Session, contact_id: UUID, body: NoteCreate, now: datetime, source: str = "manual") -> UUID:
    """Add a note to a contact, and return its id.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
        ValidationFailed: the text names a contact that the user does not have, or the time cannot be.
    """
    contact_no = repository.hold_contact(tx, contact_id)
    fields = NoteFields(body.text, body.at or now, body.pinned)
    _check_time(fields.at)
    note_id = repository.add_note(tx, contact_no, fields, source)
    repository.set_mentions(tx, note_id, _mentions(tx, body.text))
    return note_id


def list_notes(tx: Session, contact_id: UUID, query: Page) -> str:
    """A page of the notes of a contact, as the API answers it.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    before: tuple[bool, datetime | str, UUID] = (True, _LATEST, _LAST_ID)
    first = None
    if query.cursor is not None:
        pinned, at, note_id = decode_cursor(query.cursor, int, datetime, UUID)
        before = (bool(pinned), at, note_id)
    else:
        first = repository.find_first_note(tx, contact_id)
    limit = query.limit - (first is not None)
    items, last = repository.list_notes(tx, contact_id, before, limit)
    if first is not None:
        items = f"[{first}]" if items == "[]" else f"[{first},{items[1:]}"
    if limit == 0 and last is not None:  # the first note alone fills the page: the next one begins with all others
        last = (True, _LATEST_TIME, _LAST_ID)
    next_cursor = encode_cursor(int(last[0]), last[1].isoformat(), last[2]) if last else None
    return json_page(items, next_cursor)


def search_notes(tx: Session, query: NoteSearchQuery) -> str:
    """A page of the notes of all contacts with the words of a question, as the API answers it."""
    before: tuple[datetime | str, UUID] = (_LATEST, _LAST_ID)
    if query.cursor is not None:
        at, note_id = decode_cursor(query.cursor, datetime, UUID)
        before = (at, note_id)
    items, last = repository.search_notes(tx, query.q, before, query.limit)
    return json_page(items, encode_cursor(last[0].isoformat(), last[1]) if last else None)


def update_note(tx: Session, contact_id: UUID, note_id: UUID, body: NotePatch, check: Callable[[str], None]) -> str:
    """Change a note by a merge patch, and return it as JSON.

    Args:
        tx: a transaction.
        contact_id: whose note it is.
        note_id: the note.
        body: the changes.
        check: called with the present document; raises when the caller knows another version of it.

    Raises:
        NotFound: the user has no such contact, or it has no such note.
        ValidationFailed: the text is null, or names a contact that the user does not have, or the time cannot be.
    """
    fields = repository.lock_note(tx, contact_id, note_id)
    check(repository.get_note(tx, contact_id, note_id))
    given = body.model_dump(exclude_unset=True)
    for name, value in given.items():
        if value is None:
            raise ValidationFailed([FieldError(name, "cannot be null; delete the note instead")])
    changed = fields._replace(**given)
    if changed.at != fields.at:
        _check_time(changed.at)
    repository.update_note(tx, note_id, changed)
    if changed.text != fields.text:
        repository.set_mentions(tx, note_id, _mentions(tx, changed.text))
    return repository.get_note(tx, contact_id, note_id)


def delete_note(tx: Session, contact_id: UUID, note_id: UUID) -> None:
    """Delete a note.

    Raises:
        NotFound: the user has no such contact, or it has no such note.
    """
    repository.lock_note(tx, contact_id, note_id)
    repository.delete_note(tx, note_id)


def first_note_patch(body: NotePatch) -> str:
    """The new text of the field `notes`, from a patch of a contact's first note.

    Raises:
        ValidationFailed: it has no text, or a time, or is to be unpinned.
    """
    given = body.model_dump(exclude_unset=True)
    faults = [
        FieldError(name, "the first note of a contact is its field `notes`, and has only a text")
        for name in given
        if name != "text"
    ]
    if given.get("text") is None and not faults:
        faults = [FieldError("text", "is required")]
    if faults:
        raise ValidationFailed(faults)
    return str(given["text"])


def _mentions(tx: Session, text: str) -> list[int]:
    """The numbers of the contacts that a text names."""
    written = list(dict.fromkeys(_MENTION.findall(text)))
    if len(written) > MAX_MENTIONS:
        raise ValidationFailed([FieldError("text", f"names {len(written)} contacts: at most {MAX_MENTIONS}")])
    ids: dict[UUID, str] = {}
    for one in written:
        try:
            ids[UUID(one)] = one
        except ValueError:
            raise ValidationFailed([FieldError("text", f"contact:{one} is not the id of a contact")]) from None
    found = repository.numbers_of(tx, list(ids))
    for contact_id, one in ids.items():
        if contact_id not in found:
            raise ValidationFailed(
                [FieldError("text", f"names the contact {quoted(one)}, and you have no contact with that id")]
            )
    return list(found.values())


def _check_time(at: datetime) -> None:
    if not _EARLIEST_YEAR <= at.year <= _LATEST_YEAR:
        raise ValidationFailed([FieldError("at", f"lies before {_EARLIEST_YEAR} or after {_LATEST_YEAR}")])
