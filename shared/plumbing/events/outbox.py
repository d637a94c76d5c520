"""Events: appended in the caller's transaction, sent after it, kept until their consumer has confirmed them.

Pub/Sub carries them in the cloud, and `selfhost.deliveries` on a self-hosted server. Both take events from here, ordered
by priority and by fairness between users, and only so many at a time that a later urgent event need not wait.
"""

from __future__ import annotations

import json
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from shared.plumbing.postgres import sql
from shared.plumbing.telemetry.recording import span, trace_attributes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

# How many events of each priority may be in flight at once. Pub/Sub delivers in any order, so a high-priority event may
# have to wait for all events in flight.
MAX_IN_FLIGHT: tuple[int | None, int, int] = (None, 300, 100)
# With fewer events in flight, more are sent: half of the smallest limit, so that consumers always have work.
LOW_WATER = 50
# Time to publish a taken event; after that it counts as not sent.
SENDING_S = 60
# Pub/Sub itself retries for an hour (see the subscription's retry policy); an event not confirmed by then was lost.
CONFIRM_WITHIN_S = 5400
MAX_SENDS = 4


class Priority(IntEnum):
    """Priority of an event; lower numbers are sent first."""

    HIGH = 0
    NORMAL = 1
    LOW = 2


class Event(NamedTuple):
    """An event in flight.

    Attributes:
        id: unique; the same in every delivery.
        topic: topic of the event.
        data: JSON object, as text.
        attributes: further properties, such as the trace that caused the event.
        priority: priority of the event.
        sends: how often the event was sent, this time included.
        appended_at: when the event was appended, in ISO 8601; empty where unknown.
    """

    id: UUID
    topic: str
    data: str
    attributes: Mapping[str, str]
    priority: Priority = Priority.NORMAL
    sends: int = 1
    appended_at: str = ""

    def message_attributes(self) -> dict[str, str]:
        """Return the attributes of the Pub/Sub message that carries the event."""
        ours = {"event_id": str(self.id), "priority": self.priority.name.lower(), "appended_at": self.appended_at}
        return {**self.attributes, **ours}


def append(
    tx: Session,
    topic: str,
    data: Mapping[str, Any],
    *,
    priority: Priority = Priority.NORMAL,
    available_at: datetime | None = None,
) -> UUID:
    """Add an event that commits or rolls back with the caller's transaction, and belongs to the caller's trace.

    Args:
        tx: the transaction; the event belongs to its user.
        topic: topic of the event.
        data: the event's content; must have a JSON form.
        priority: priority of the event.
        available_at: the event is not sent before this time.

    Returns:
        The event's id.
    """
    event_id = uuid4()
    with span("outbox", topic):
        tx.run(
            QUERIES.append_event,
            id=event_id,
            topic=topic,
            user_id=tx.user_id,
            priority=int(priority),
            data=json.dumps(data, default=str),
            attributes=json.dumps(trace_attributes()),
            available_at=available_at,
        )
    tx.topics.add(topic)
    return event_id


def take(
    tx: Session, topic: str, most: int, *, max_in_flight: tuple[int | None, ...] = MAX_IN_FLIGHT, retake_after_s: int
) -> list[Event]:
    """Take events to send, in fair order; from now on they are in flight.

    Args:
        tx: a transaction of no user.
        topic: topic of the events.
        most: the most events to take.
        max_in_flight: how many of each priority may be in flight at once; None for any number.
        retake_after_s: seconds until an event that was not confirmed may be taken again.
    """
    limits = "{" + ",".join("null" if most is None else str(most) for most in max_in_flight) + "}"
    rows = tx.many(QUERIES.take_events, topic=topic, most=most, room=limits, hold_s=retake_after_s)
    taken = [
        Event(event_id, topic, data, json.loads(attributes), Priority(priority), sends, created_at.isoformat())
        for event_id, data, attributes, priority, sends, created_at in rows
    ]
    return sorted(taken, key=lambda event: event.priority)


def confirm_sent(tx: Session, events: Iterable[UUID]) -> None:
    """Record that Pub/Sub has taken the events."""
    tx.run(QUERIES.confirm_sent, ids=_array(events), hold_s=CONFIRM_WITHIN_S)


def give_back(tx: Session, events: Iterable[UUID], *, delay_s: int = 0) -> None:
    """Return events that could not be sent to the waiting ones."""
    tx.run(QUERIES.return_events, ids=_array(events), delay_s=delay_s)


def note_failure(tx: Session, event_id: UUID, reason: str) -> None:
    """Record why the consumer failed last, for operators who read the dead letters."""
    tx.run(QUERIES.note_failure, id=event_id, reason=reason)


def retry(tx: Session, event_id: UUID, *, delay_s: float) -> None:
    """Send an event whose consumer failed again after a delay."""
    tx.run(QUERIES.retry_event, id=event_id, delay_s=delay_s)


def finish(tx: Session, event_id: UUID) -> bool:
    """Confirm an event for its consumer; return False where it was confirmed before."""
    return bool(tx.value(QUERIES.finish_event, id=event_id))


def runs_low(tx: Session, topic: str) -> bool:
    """Whether more events should be sent: few are in flight, and some wait."""
    row = tx.one(QUERIES.outbox_state, topic=topic, bound=LOW_WATER)
    assert row is not None
    in_flight, waiting = row
    return bool(waiting and in_flight < LOW_WATER)


def bury(
    tx: Session, *, topic: str, reason: str | None, data: Any, event_id: UUID | None, attributes: Mapping[str, str]
) -> None:
    """Move a message that its consumer cannot handle from the outbox to the dead letters.

    Args:
        tx: a transaction of no user.
        topic: topic of the message.
        reason: why the consumer cannot handle it; None for the last recorded failure.
        data: the message's content, for a message that the outbox does not hold.
        event_id: id of the event, where the message has one.
        attributes: attributes of the message.
    """
    tx.run(
        QUERIES.bury_message,
        id=event_id,
        topic=topic,
        data=json.dumps(data, default=str),
        attributes=json.dumps(dict(attributes)),
        reason=reason,
    )


def bury_exhausted(tx: Session, topic: str, *, max_sends: int = MAX_SENDS) -> int:
    """Bury events that were sent `max_sends` times and never confirmed; return how many."""
    return int(tx.value(QUERIES.bury_exhausted, topic=topic, most_sends=max_sends))


def replay_dead_letters(tx: Session, topic: str, most: int) -> int:
    """Append dead letters to the outbox again, the oldest first; return how many."""
    return int(tx.value(QUERIES.replay_dead_letters, topic=topic, most=most))


def list_dead_letters(tx: Session, topic: str, most: int) -> list[dict[str, Any]]:
    """List the dead letters of a topic, the latest first."""
    names = ("id", "reason", "sends", "died_at", "data")
    return [dict(zip(names, row, strict=True)) for row in tx.many(QUERIES.list_dead_letters, topic=topic, most=most)]


def _array(ids: Iterable[UUID]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
