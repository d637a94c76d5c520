"""The Pub/Sub edge, the only place where a message becomes an `Event` and an error becomes ack, retry or dead letter.

- The handler returns: the event is confirmed in the outbox and acknowledged.
- The handler raises a permanent error of the domain (`NotFound`, `ValidationFailed`, ...), or the message cannot be read:
  the message becomes a dead letter with the reason, and is acknowledged.
- The handler raises any other error: the function raises it too, and Pub/Sub delivers the message again later.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import logging
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import functions_framework

from shared.edge.deps import deps
from shared.errors import CrmError, NotFound, RateLimited, Unavailable
from shared.manifest import functions
from shared.plumbing.events import outbox
from shared.plumbing.events.outbox import Event, Priority
from shared.plumbing.postgres.origin import acting
from shared.plumbing.telemetry.recording import measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from cloudevents.http import CloudEvent

    from shared.manifest import Function

    Handler = Callable[[Event], bool | None]

# Errors that another delivery may not meet; any other error of the domain would come again.
TRANSIENT = (Unavailable, RateLimited)
# Events sent after each finished one, while few are in flight.
REFILL = 50
# Events sent after a commit: those of the request, and older ones that wait.
AFTER_COMMIT = 10
RELAY_BATCH = 200
# Delay before an event that could not be sent is sent again.
NOT_SENT_S = 5

log = logging.getLogger(__name__)


class Malformed(Exception):
    """A message in a form that no version of this code has sent."""


def consumer(handler: Handler) -> Callable[[CloudEvent], None]:
    """Turn a handler of events into a Cloud Function.

    The handler must be idempotent: every event may be delivered several times, also at the same time. A handler that
    confirms the event in its own transaction returns True.
    """
    function = functions()[handler.__name__]

    def receive(cloud_event: CloudEvent) -> None:
        _receive(handler, function, cloud_event)

    receive.__name__ = receive.__qualname__ = handler.__name__
    receive.__module__, receive.__doc__ = handler.__module__, handler.__doc__
    registered: Any = functions_framework.cloud_event(receive)
    made: Callable[[CloudEvent], None] = registered
    return made


def _receive(handler: Handler, function: Function, cloud_event: CloudEvent) -> None:
    """Handle one delivery, as part of the trace that caused the event."""
    started = time.monotonic()
    message = _message(cloud_event)
    attributes = message.get("attributes")
    known: dict[str, Any] = attributes if isinstance(attributes, dict) else {}
    trace = deps().telemetry.trace(str(known.get("traceparent", "")))
    trace.begin("consume", function.topic or "")
    _note_age(function, str(known.get("appended_at", "")))
    outcome, error = "retried", ""
    try:
        outcome = _handled(handler, function, message)
    except BaseException as failure:
        error = type(failure).__qualname__
        raise
    finally:
        measure("warmpath.event.duration", time.monotonic() - started, function=function.name, outcome=outcome)
        notes = {"faas.name": function.name, "warmpath.outcome": outcome}
        trace.end(error, {**notes, "messaging.message.id": str(known.get("event_id", ""))}, at_once=True)


def _note_age(function: Function, appended_at: str) -> None:
    with contextlib.suppress(ValueError, TypeError):
        age = deps().now() - datetime.fromisoformat(appended_at)
        measure("warmpath.event.age", max(0.0, age.total_seconds()), function=function.name)


def _handled(handler: Handler, function: Function, message: dict[str, Any]) -> str:
    """Handle a message and return the outcome: `done` or `buried`; a raised error means `retried`."""
    topic = function.topic or ""
    try:
        event = read_event(message, topic)
    except Malformed as error:
        _bury(function, message, None, "malformed", str(error))
        return "buried"
    try:
        with acting(function.name, "system"):
            confirmed = handler(event)
    except TRANSIENT as error:
        log.info("event.retried", extra={"event_id": str(event.id), "topic": topic, "code": error.code})
        _note_failure(event, f"{error.code}: {error.message}")
        raise
    except CrmError as error:
        _bury(function, message, event.id, error.code, f"{error.code}: {error.message}")
        return "buried"
    except Exception as error:
        _note_failure(event, repr(error))
        raise
    if not confirmed:
        with deps().database.transaction(None) as tx:
            outbox.finish(tx, event.id)
    refill(topic)
    return "done"


def _note_failure(event: Event, reason: str) -> None:
    """Record the failure where possible; an error here must not hide the failure itself."""
    with contextlib.suppress(Exception), deps().database.transaction(None) as tx:
        outbox.note_failure(tx, event.id, reason)


def _message(cloud_event: CloudEvent) -> dict[str, Any]:
    data: Any = cloud_event.data
    message = data.get("message") if isinstance(data, dict) else None
    return message if isinstance(message, dict) else {}


def read_event(message: dict[str, Any], topic: str) -> Event:
    """Read the event of a Pub/Sub message.

    Raises:
        Malformed: the message does not hold an event.
    """
    attributes = message.get("attributes") or {}
    try:
        data = base64.b64decode(message["data"], validate=True).decode()
        is_object = isinstance(json.loads(data), dict)
        event_id = UUID(attributes["event_id"])
        priority = Priority[attributes.get("priority", "normal").upper()]
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise Malformed(f"the message cannot be read: {error!r}") from error
    if not is_object:
        raise Malformed("the message's data is not a JSON object")
    return Event(event_id, topic, data, attributes, priority)


def _bury(function: Function, message: dict[str, Any], event_id: UUID | None, code: str, reason: str) -> None:
    # The reason may quote a user's words: it is stored with the message, and not logged.
    log.error("event.buried", extra={"event_id": str(event_id), "function": function.name, "code": code})
    topic, attributes = function.topic or "", message.get("attributes") or {}
    publisher = deps().publisher
    with deps().database.transaction(None) as tx:
        if publisher is None:
            outbox.bury(
                tx, topic=topic, reason=reason, data=_readable(message), event_id=event_id, attributes=attributes
            )
        else:
            # Published before the outbox forgets the event: a crash in between leaves two dead letters, never none.
            labelled = {**attributes, "dead_reason": reason[:1000], "dead_topic": topic}
            publisher.publish_message(dead_letter_topic(function), _raw(message), labelled)
            if event_id is not None:
                outbox.finish(tx, event_id)


def _raw(message: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(message["data"], validate=True)
    except (KeyError, ValueError, TypeError, binascii.Error):
        return json.dumps(message, default=str).encode()


def _readable(message: dict[str, Any]) -> Any:
    raw = _raw(message)
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError):
        return raw.decode(errors="replace").replace("\x00", "�")
    return json.loads(json.dumps(parsed).replace("\\u0000", ""))


def dead_letter_topic(function: Function) -> str:
    """Return the name of a consumer's dead letter topic, which its subscription has, too."""
    return f"{function.name.replace('_', '-')}-dead-letter"


def refill(topic: str) -> None:
    """Send more events while few are in flight; leave what fails to the relay."""
    if deps().publisher is None:
        return
    try:
        with deps().database.read(None) as tx:
            if not outbox.runs_low(tx, topic):
                return
        send(topic, REFILL)
    except Unavailable:
        log.info("event.refill_failed", extra={"topic": topic})


def send_appended(topics: set[str]) -> None:
    """Send the events of a transaction right after its commit; never raises, because the relay sends the rest."""
    for topic in topics:
        try:
            send(topic, AFTER_COMMIT)
        except Exception:
            log.warning("event.left_to_relay", extra={"topic": topic}, exc_info=True)


def send(topic: str, most: int) -> int:
    """Take events out of the outbox and publish them; return how many were published."""
    publisher = deps().publisher
    if publisher is None:
        return 0
    database = deps().database
    with database.transaction(None) as tx:
        events = outbox.take(tx, topic, most, retake_after_s=outbox.SENDING_S)
    if not events:
        return 0
    sent: list[UUID] = []
    try:
        sent = publisher.publish(events)
    finally:
        unsent = {event.id for event in events}.difference(sent)
        with database.transaction(None) as tx:
            if sent:
                outbox.confirm_sent(tx, sent)
            if unsent:
                outbox.give_back(tx, unsent, delay_s=NOT_SENT_S)
    return len(sent)


def relay(topic: str) -> dict[str, int]:
    """Send the events that wait, as far as the limits in flight allow, and bury those sent too often; return both counts.

    Without Pub/Sub this does nothing: `selfhost.deliveries` delivers and counts the attempts.
    """
    if deps().publisher is None:
        return {"sent": 0, "buried": 0}
    with deps().database.transaction(None) as tx:
        buried = outbox.bury_exhausted(tx, topic)
    sent = 0
    while True:
        count = send(topic, RELAY_BATCH)
        sent += count
        if count < RELAY_BATCH:
            return {"sent": sent, "buried": buried}


def replay(name: str, most: int) -> int:
    """Send the dead letters of a consumer to it again; return how many.

    Raises:
        NotFound: no consumer has this name.
    """
    function = functions().get(name)
    if function is None or function.topic is None:
        raise NotFound(f'no consumer is named "{name}"')
    with deps().database.transaction(None) as tx:
        replayed = outbox.replay_dead_letters(tx, function.topic, most)
    publisher = deps().publisher
    if publisher is None:
        return replayed
    send(function.topic, RELAY_BATCH)
    return replayed + publisher.replay(dead_letter_topic(function), function.topic, most - replayed)
