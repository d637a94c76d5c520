"""The SQL side of the letter about the day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.contacts.merging.repository import no_contact
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)


class Digest(NamedTuple):
    """What a user has asked for, and what the last letter tells of.

    Attributes:
        weekly: every week, else every day.
        hour: of the user's day.
        zone: the user's time zone.
        told_from: what happened since then is told.
        told_at: when the letter was due.
        name: of the user.
    """

    weekly: bool
    hour: int
    zone: str
    told_from: datetime
    told_at: datetime
    name: str


def queue_digests(tx: Session, now: datetime, most: int, most_of_installation: int) -> tuple[int, int]:
    """Queue the letters of at most `most` users; how many users were looked at, and how many letters go."""
    row = tx.one(QUERIES.queue_digests, now=now, most=most, most_of_installation=most_of_installation)
    assert row is not None
    return row[0], row[1]


def find_digest(tx: Session) -> Digest | None:
    """The letter that the user wants; None where none."""
    row = tx.one(QUERIES.find_digest, user_id=tx.user_id)
    return None if row is None else Digest(*row)


def list_opened(tx: Session, since: datetime) -> list[str]:
    """Names of those to whom a way has opened since a time."""
    names: list[str] = json.loads(tx.value(QUERIES.list_opened, user_id=tx.user_id, since=since))
    return names


def list_introductions(tx: Session, since: datetime) -> list[dict[str, Any]]:
    """Introductions that moved since a time or wait for an answer: {target, status, waiting_for, asked_on, moved}."""
    items: list[dict[str, Any]] = json.loads(tx.value(QUERIES.list_introductions, user_id=tx.user_id, since=since))
    return items


def find_due(tx: Session, contact_id: UUID, now: datetime) -> tuple[str, bool]:
    """The name of a contact, and whether it is due.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    row = tx.one(QUERIES.find_due, user_id=tx.user_id, contact_id=contact_id, now=now)
    if row is None:
        raise no_contact(tx, contact_id)
    return row[0], row[1]


def stop(tx: Session) -> None:
    """Send no more letters about the day to the user."""
    tx.run(QUERIES.stop, user_id=tx.user_id)
