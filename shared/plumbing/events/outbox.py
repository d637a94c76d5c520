"""Events: appended in the caller's transaction, sent after it, kept until their consumer has confirmed them.

What carries them is Pub/Sub in the cloud and the local stack on a developer's machine; both take from here, in the
order that priorities and fairness ask for, and no more at a time than is good for whoever comes next.
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

# How many events of each priority may be on their way at once. Pub/Sub delivers in any order, so whatever is on its way
# is what a high-priority event may have to wait for.
MAX_IN_FLIGHT: tuple[int | None, int, int] = (None, 300, 100)
# Below so many it is time to send more: half of the least room, so that consumers never run dry in between.
LOW_WATER = 50
# Time to hand a taken event to Pub/Sub; after that it counts as not sent.
SENDING_S = 60
# Pub/Sub itself keeps trying for an hour (see the subscription's retry policy); what is not confirmed by then was lost.
CONFIRM_WITHIN_S = 5400
MAX_SENDS = 4


class Priority(IntEnum):
    """What goes first."""

    HIGH = 0
    NORMAL = 1
    LOW = 2


class Event(NamedTuple):
    """An event on its way.

    Attributes:
        id: unique; the same in every delivery.
        topic: where it goes.
        data: JSON object, as text.
        attributes: further properties, such as the trace that caused it.
        priority: what goes first.
        sends: how often it was sent, this time included.
        appended_at: when it happened, in ISO 8601; empty where that is not known.
    """

    id: UUID
    topic: str
    data: str
    attributes: Mapping[str, str]
    priority: Priority = Priority.NORMAL
    sends: int = 1
    appended_at: str = ""

    def message_attributes(self) -> dict[str, str]:
        """The attributes of the message that carries it."""
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
        tx: the transaction; the event is its user's.
        topic: where it goes.
        data: what happened; must have a JSON form.
        priority: what goes first.
        available_at: not to be sent before.

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
    """Take events to send, in fair order; from now on they are on their way.

    Args:
        tx: a transaction of no user.
        topic: whose events.
        most: events at the most.
        max_in_flight: how many of each priority may be on their way at once; None for any number.
        retake_after_s: seconds until a taken event that nobody confirmed is taken again.
    """
    limits = "{" + ",".join("null" if most is None else str(most) for most in max_in_flight) + "}"
    rows = tx.many(QUERIES.take_events, topic=topic, most=most, room=limits, hold_s=retake_after_s)
    taken = [
        Event(event_id, topic, data, json.loads(attributes), Priority(priority), sends, created_at.isoformat())
        for event_id, data, attributes, priority, sends, created_at in rows
    ]
    return sorted(taken, key=lambda event: event.priority)


def confirm_sent(tx: Session, events: Iterable[UUID]) -> None:
    """Pub/Sub has taken them over."""
    tx.run(QUERIES.confirm_sent, ids=_array(events), hold_s=CONFIRM_WITHIN_S)


def give_back(tx: Session, events: Iterable[UUID], *, delay_s: int = 0) -> None:
    """They could not be sent: they wait again."""
    tx.run(QUERIES.return_events, ids=_array(events), delay_s=delay_s)


def note_failure(tx: Session, event_id: UUID, reason: str) -> None:
    """Why its consumer failed the last time, for whoever reads the dead letters."""
    tx.run(QUERIES.note_failure, id=event_id, reason=reason)


def retry(tx: Session, event_id: UUID, *, delay_s: float) -> None:
    """Its consumer failed: it is sent again after a while."""
    tx.run(QUERIES.retry_event, id=event_id, delay_s=delay_s)


def finish(tx: Session, event_id: UUID) -> bool:
    """Its consumer is done with it; false where it was confirmed before."""
    return bool(tx.value(QUERIES.finish_event, id=event_id))


def runs_low(tx: Session, topic: str) -> bool:
    """Whether more should be sent: few are on their way, and some wait."""
    row = tx.one(QUERIES.outbox_state, topic=topic, bound=LOW_WATER)
    assert row is not None
    on_the_way, waiting = row
    return bool(waiting and on_the_way < LOW_WATER)


def bury(
    tx: Session, *, topic: str, reason: str | None, data: Any, event_id: UUID | None, attributes: Mapping[str, str]
) -> None:
    """Put a message that nobody can handle among the dead letters, and out of the outbox.

    Args:
        tx: a transaction of no user.
        topic: where it went.
        reason: why; None for the failure that was noted last.
        data: what it said, where the outbox does not know it.
        event_id: the event's, where it has one.
        attributes: the message's.
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
    """Bury what was sent that often and never confirmed; how many."""
    return int(tx.value(QUERIES.bury_exhausted, topic=topic, most_sends=max_sends))


def replay_dead_letters(tx: Session, topic: str, most: int) -> int:
    """Give dead letters another chance, the oldest first; how many."""
    return int(tx.value(QUERIES.replay_dead_letters, topic=topic, most=most))


def list_dead_letters(tx: Session, topic: str, most: int) -> list[dict[str, Any]]:
    """The dead letters of a topic, the latest first."""
    names = ("id", "reason", "sends", "died_at", "data")
    return [dict(zip(names, row, strict=True)) for row in tx.many(QUERIES.list_dead_letters, topic=topic, most=most)]


def _array(ids: Iterable[UUID]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
