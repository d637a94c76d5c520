"""The SQL side of the day. Answers leave Postgres as JSON text and are passed on unparsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.merging.repository import no_contact
from shared.errors import NotFound
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)


def hold_contact(tx: Session, contact_id: UUID) -> tuple[int, bool]:
    """Keep a contact from being deleted until the end of the transaction: its number, and whether it is the self contact.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    row = tx.one(QUERIES.hold_contact, user_id=tx.user_id, contact_id=contact_id)
    if row is None:
        raise no_contact(tx, contact_id)
    return row[0], row[1]


def set_cadence(tx: Session, contact_no: int, every_days: int | None, now: datetime) -> None:
    """Set how often a contact is to be talked to; None: as its circles say, 0: never."""
    tx.run(QUERIES.set_cadence, user_id=tx.user_id, contact_no=contact_no, every_days=every_days, now=now)


def snooze(tx: Session, contact_no: int, until: date, now: datetime) -> None:
    """Leave a contact in peace until a day begins in the user's time zone."""
    tx.run(QUERIES.snooze, user_id=tx.user_id, contact_no=contact_no, until=until, now=now)


def skip(tx: Session, contact_no: int, now: datetime) -> None:
    """Count a contact as talked to, without an interaction."""
    tx.run(QUERIES.skip, user_id=tx.user_id, contact_no=contact_no, now=now)


def end_snooze(tx: Session, contact_no: int) -> None:
    """End the snooze of a contact that was talked to."""
    tx.run(QUERIES.end_snooze, user_id=tx.user_id, contact_no=contact_no)


def get_cadence(tx: Session, contact_id: UUID, now: datetime) -> str:
    """The cadence of a contact as JSON.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    document: str | None = tx.value(QUERIES.find_cadence, user_id=tx.user_id, contact_id=contact_id, now=now)
    if document is None:
        raise no_contact(tx, contact_id)
    return document


def today(tx: Session, now: datetime) -> date:
    """The day of the user's calendar."""
    day: date = tx.value(QUERIES.today, user_id=tx.user_id, now=now)
    return day


def list_due(
    tx: Session, circle: UUID | None, after: tuple[int, int], limit: int, now: datetime
) -> tuple[str, tuple[int, int] | None]:
    """A page of who is due as a JSON array, and the place of the last one where more follow."""
    row = tx.one(
        QUERIES.list_due, user_id=tx.user_id, circle=circle, after_s=after[0], after_no=after[1], limit=limit, now=now
    )
    assert row is not None
    items, next_s, number, more = row
    return items, (next_s, number) if more else None


def list_upcoming(tx: Session, days: int, most: int, now: datetime) -> str:
    """The dates from today on for `days` days, at most `most`, as a JSON array."""
    return str(tx.value(QUERIES.list_upcoming, user_id=tx.user_id, days=days, most=most, now=now))


def add_date(tx: Session, contact_no: int, source: str, **fields: Any) -> UUID:
    """Add a date to a contact, and return its id."""
    date_id: UUID = tx.value(QUERIES.add_date, user_id=tx.user_id, contact_no=contact_no, source=source, **fields)
    return date_id


def list_dates(tx: Session, contact_id: UUID) -> str:
    """The dates of a contact as a JSON array.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    items: str | None = tx.value(QUERIES.list_dates, user_id=tx.user_id, contact_id=contact_id)
    if items is None:
        raise no_contact(tx, contact_id)
    return items


def delete_date(tx: Session, contact_id: UUID, date_id: UUID) -> None:
    """Delete a date of a contact.

    Raises:
        NotFound: the user has no such contact, or it has no such date.
    """
    if not tx.run(QUERIES.delete_date, user_id=tx.user_id, contact_id=contact_id, date_id=date_id):
        raise NotFound(f"this contact has no date {date_id}")


def list_timeline(
    tx: Session, contact_id: UUID, kinds: Sequence[str], before: tuple[datetime | str, str, str], limit: int
) -> tuple[str, tuple[datetime, str, str] | None]:
    """A page of what happened with a contact as a JSON array, and the place of the last entry where more follow.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    row = tx.one(
        QUERIES.list_timeline,
        user_id=tx.user_id,
        contact_id=contact_id,
        kinds=list(kinds),
        before_at=before[0],
        before_kind=before[1],
        before_id=before[2],
        limit=limit,
    )
    assert row is not None
    items, at, kind, entry_id, more, exists = row
    if not exists:
        raise no_contact(tx, contact_id)
    return items, (at, kind, entry_id) if more else None
