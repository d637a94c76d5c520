"""The use cases of the day: cadence, who is due, dates, and what happened with a contact."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.day import repository
from shared.errors import Conflict, FieldError, ValidationFailed
from shared.interactions import service as interactions
from shared.notes import service as notes
from shared.paging import bad_cursor, decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from uuid import UUID

    from shared.day.models import DateCreate, Snoozed, Talked
    from shared.day.parameters import DueQuery, TimelineQuery
    from shared.plumbing.postgres.database import Session

SNOOZE_DAYS = 7
_LEAST_S = -(2**62)
# Later than any entry; "~" sorts after every kind and id.
_LATEST = ("9999-01-01T00:00:00+00:00", "~", "~")


def set_cadence(tx: Session, contact_id: UUID, every_days: int | None, now: datetime) -> str:
    """Set how often a contact is to be talked to, and return its cadence as JSON.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
        Conflict: it is the self contact.
    """
    repository.set_cadence(tx, _other(tx, contact_id), every_days, now)
    return repository.get_cadence(tx, contact_id, now)


def list_due(tx: Session, query: DueQuery, now: datetime) -> str:
    """A page of who is due, as the API answers it."""
    after = (_LEAST_S, 0)
    if query.cursor is not None:
        next_s, number = decode_cursor(query.cursor, int, int)
        if not 0 <= number < 2**31:
            raise bad_cursor()
        after = (next_s, number)
    items, last = repository.list_due(tx, query.circle, after, query.limit, now)
    return json_page(items, encode_cursor(*last) if last else None)


def finish(tx: Session, contact_id: UUID, talked: Talked, now: datetime) -> str:
    """Record that one has talked to a contact, and return its cadence as JSON.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
        Conflict: it is the self contact.
        ValidationFailed: the time lies in the future.
    """
    from shared.interactions.models import InteractionCreate  # noqa: PLC0415 - pydantic
    from shared.notes.models import NoteCreate  # noqa: PLC0415 - as above

    number = _other(tx, contact_id)
    at = talked.at or now
    interactions.add_interaction(
        tx, contact_id, InteractionCreate(kind=talked.kind, at=at, direction=talked.direction), now
    )
    repository.end_snooze(tx, number)
    if talked.note is not None:
        notes.add_note(tx, contact_id, NoteCreate(text=talked.note, at=at), now)
    return repository.get_cadence(tx, contact_id, now)


def snooze(tx: Session, contact_id: UUID, snoozed: Snoozed, now: datetime) -> str:
    """Leave a contact in peace for some days, and return its cadence as JSON.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
        Conflict: it is the self contact.
        ValidationFailed: the day is not after today.
    """
    number = _other(tx, contact_id)
    today = repository.today(tx, now)
    until = snoozed.until or today + timedelta(days=snoozed.days or SNOOZE_DAYS)
    if until <= today:
        raise ValidationFailed([FieldError("until", f"{until} is not after today, {today}")])
    repository.snooze(tx, number, until, now)
    return repository.get_cadence(tx, contact_id, now)


def skip(tx: Session, contact_id: UUID, now: datetime) -> str:
    """Count a contact as talked to without an interaction, and return its cadence as JSON.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
        Conflict: it is the self contact.
    """
    repository.skip(tx, _other(tx, contact_id), now)
    return repository.get_cadence(tx, contact_id, now)


def add_date(tx: Session, contact_id: UUID, body: DateCreate, source: str = "manual") -> UUID:
    """Add a date to a contact, and return its id.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    number, _ = repository.hold_contact(tx, contact_id)
    return repository.add_date(tx, number, source, **body.model_dump())


def list_timeline(tx: Session, contact_id: UUID, query: TimelineQuery) -> str:
    """A page of what happened with a contact, as the API answers it.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    before: tuple[datetime | str, str, str] = _LATEST
    if query.cursor is not None:
        at, kind, entry_id = decode_cursor(query.cursor, datetime, str, str)
        before = (at, kind, entry_id)
    items, last = repository.list_timeline(tx, contact_id, query.kinds, before, query.limit)
    return json_page(items, encode_cursor(last[0].isoformat(), *last[1:]) if last else None)


def _other(tx: Session, contact_id: UUID) -> int:
    number, is_self = repository.hold_contact(tx, contact_id)
    if is_self:
        raise Conflict("this contact is you")
    return number
