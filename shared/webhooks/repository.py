"""The queries of webhooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)


class Message(NamedTuple):
    """A message that is due.

    Attributes:
        id: the same in every attempt.
        type: of the event.
        data: of the event, as JSON.
        happened_at: time of the event.
        attempts: how many were made.
    """

    id: UUID
    type: str
    data: str
    happened_at: datetime
    attempts: int


class Outcome(NamedTuple):
    """The outcome of an attempt.

    Attributes:
        status: HTTP status; None where there was no answer.
        answer: the beginning of the answer's body.
        error: why it counts as failed; empty where the message has arrived.
        took_ms: duration.
        wait_s: how long the receiver asks to be left in peace.
    """

    status: int | None
    answer: str
    error: str
    took_ms: int
    wait_s: float = 0.0


def create(tx: Session, webhook_id: UUID, url: str, events: list[str], sealed: bytes, *, most: int) -> bool:
    """Add a webhook; False where the user has `most` of them."""
    added = tx.run(
        QUERIES.create_webhook, user_id=tx.user_id, id=webhook_id, url=url, events=events, secret=sealed, most=most
    )
    return added > 0


def list_all(tx: Session) -> str:
    """The webhooks of the user as a JSON array, the oldest first."""
    return str(tx.value(QUERIES.list_webhooks, user_id=tx.user_id, id=None))


def find(tx: Session, webhook_id: UUID) -> dict[str, Any] | None:
    """One webhook as the API answers it, or None."""
    found: list[dict[str, Any]] = json.loads(tx.value(QUERIES.list_webhooks, user_id=tx.user_id, id=webhook_id))
    return found[0] if found else None


def update(
    tx: Session, webhook_id: UUID, *, url: str | None, events: Sequence[str] | None, active: bool | None
) -> bool:
    """Change a webhook; False where there is none. One that is off sends nothing of what waited."""
    changed = tx.value(QUERIES.update_webhook, user_id=tx.user_id, id=webhook_id, url=url, events=events, active=active)
    if changed is not None and active is False:
        tx.run(QUERIES.end_waiting, user_id=tx.user_id, id=webhook_id)
    return changed is not None


def delete(tx: Session, webhook_id: UUID) -> bool:
    """Remove a webhook with its log; False where there is none."""
    return tx.run(QUERIES.delete_webhook, user_id=tx.user_id, id=webhook_id) > 0


def rotate(tx: Session, webhook_id: UUID, sealed: bytes, overlap_hours: int) -> bool:
    """Replace the secret of a webhook; False where there is none."""
    rotated = tx.value(QUERIES.rotate_secret, user_id=tx.user_id, id=webhook_id, secret=sealed, hours=overlap_hours)
    return rotated is not None


def add_message(tx: Session, message_id: UUID, webhook_id: UUID, event_type: str, data: dict[str, Any]) -> None:
    """Add a message to one webhook."""
    tx.run(
        QUERIES.add_delivery, user_id=tx.user_id, id=message_id, webhook_id=webhook_id, type=event_type,
        data=json.dumps(data),
    )  # fmt: skip


def list_deliveries(
    tx: Session, webhook_id: UUID, before_no: int, limit: int, state: str | None
) -> tuple[str, int | None, bool]:
    """A page of the log: its entries as a JSON array, the number of the last, and whether more follow."""
    row = tx.one(
        QUERIES.list_deliveries, user_id=tx.user_id, webhook_id=webhook_id, before_no=before_no, limit=limit,
        state=state,
    )  # fmt: skip
    assert row is not None
    items, last_no, more = row
    return items, last_no, more


def redeliver(tx: Session, message_id: UUID) -> tuple[UUID, bool] | None:
    """Have a message sent again; its webhook and whether that is on, or None where there is no message."""
    row = tx.one(QUERIES.redeliver, user_id=tx.user_id, id=message_id)
    return None if row is None else (row[0], row[1])


def begin_drain(tx: Session, webhook_id: UUID, lease: UUID, seconds: int) -> tuple[str, list[bytes], int] | None:
    """Take a webhook; its address, sealed secrets and failures in a row, or None where there is nothing to do."""
    row = tx.one(QUERIES.begin_drain, user_id=tx.user_id, id=webhook_id, lease=lease, seconds=seconds)
    return None if row is None else (row[0], [bytes(secret) for secret in row[1:3] if secret], row[3])


def end_drain(tx: Session, webhook_id: UUID, lease: UUID) -> None:
    """Give a webhook back, where it is still this process's."""
    tx.run(QUERIES.end_drain, user_id=tx.user_id, id=webhook_id, lease=lease)


def list_due(tx: Session, webhook_id: UUID, most: int) -> list[Message]:
    """The messages of a webhook that are due, the oldest first."""
    return [Message(*row) for row in tx.many(QUERIES.list_due, user_id=tx.user_id, id=webhook_id, most=most)]


def next_due(tx: Session, webhook_id: UUID) -> tuple[datetime, int] | None:
    """When the webhook has something to send, and its failures in a row; None where it has nothing or another process sends."""
    row = tx.one(QUERIES.next_due, user_id=tx.user_id, id=webhook_id)
    return None if row is None else (row[0], row[1])


def queue(tx: Session, webhook_id: UUID, due: datetime, priority: int) -> None:
    """Have a webhook drained at a time."""
    tx.run(QUERIES.queue_webhook, id=webhook_id, due=due, urgency=priority)


def note_delivered(tx: Session, message_id: UUID, outcome: Outcome) -> None:
    """Note that a message has arrived."""
    tx.run(
        QUERIES.note_delivered, user_id=tx.user_id, id=message_id, status=outcome.status, answer=outcome.answer,
        took_ms=outcome.took_ms,
    )  # fmt: skip


def note_failed(
    tx: Session, message_id: UUID, outcome: Outcome, next_at: datetime | None, rest_s: float
) -> datetime | None:
    """Note an attempt that failed, and let the webhook rest; return since when nothing has arrived."""
    since: datetime | None = tx.value(
        QUERIES.note_failed, user_id=tx.user_id, id=message_id, status=outcome.status, answer=outcome.answer,
        error=outcome.error, took_ms=outcome.took_ms, next_at=next_at, rest_s=rest_s,
    )  # fmt: skip
    return since


def switch_off(tx: Session, webhook_id: UUID, because: str) -> tuple[int, str | None] | None:
    """Switch a webhook off; how often that has happened, and the user's address. None where it was off."""
    row = tx.one(QUERIES.switch_off, user_id=tx.user_id, id=webhook_id, because=because)
    if row is None:
        return None
    tx.run(QUERIES.end_waiting, user_id=tx.user_id, id=webhook_id)
    return row[0], row[1]


def find_off(tx: Session, webhook_id: UUID) -> tuple[str, str | None, str] | None:
    """The address of a webhook, why it is off, and the user's name."""
    row = tx.one(QUERIES.find_off, user_id=tx.user_id, id=webhook_id)
    return None if row is None else (row[0], row[1], row[2])


def wake_overdue(tx: Session, most: int) -> int:
    """Have at most `most` webhooks drained that are overdue; return how many. In a transaction of no user."""
    return int(tx.value(QUERIES.wake_overdue, most=most))


def remove_old(tx: Session, before: datetime, most: int) -> int:
    """Remove at most `most` entries of all logs from before a time; return how many. In a transaction of no user."""
    return int(tx.value(QUERIES.remove_old_deliveries, before=before, most=most))
