"""Google Pub/Sub: publish events of the outbox, replay a dead letter subscription. Imported at first use (0.25 s)."""

from __future__ import annotations

import logging
from concurrent.futures import wait
from typing import TYPE_CHECKING, Any

from google.api_core.exceptions import GoogleAPICallError, RetryError
from google.cloud import pubsub_v1  # type: ignore[attr-defined]

from shared.plumbing.telemetry.recording import current_trace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from shared.plumbing.events.outbox import Event
    from shared.plumbing.telemetry.recording import Trace

log = logging.getLogger(__name__)

# A request waits no longer than this for Pub/Sub; the relay sends the events that were not taken by then.
TIMEOUT_S = 3.0
PULL_TIMEOUT_S = 10.0


class Publisher:
    """The publisher of messages to topics of one project.

    Args:
        project: id of the project; empty: the credentials' project.
    """

    def __init__(self, project: str) -> None:
        if not project:
            import google.auth  # noqa: PLC0415 - only where GOOGLE_CLOUD_PROJECT is not set

            project = google.auth.default()[1] or ""
        self._project = project
        # Small batches that are sent at once: each commit is followed by a handful of events.
        self._client = pubsub_v1.PublisherClient(
            pubsub_v1.types.BatchSettings(max_messages=100, max_latency=0.005),
            publisher_options=pubsub_v1.types.PublisherOptions(timeout=TIMEOUT_S),
        )

    def publish(self, events: Sequence[Event]) -> list[UUID]:
        """Publish events; return the ids of those that Pub/Sub has taken.

        A request may publish events of other requests; each belongs to the trace of the request that appended it.
        """
        futures = {}
        traces = {event.id: _branch(event) for event in events}
        for event in events:
            attributes, trace = event.message_attributes(), traces[event.id]
            if trace is not None:
                trace.open("publish", event.topic)
                attributes["traceparent"] = trace.traceparent
            futures[event.id] = self._client.publish(self._path(event.topic), event.data.encode(), **attributes)
        wait(futures.values(), TIMEOUT_S)
        sent = []
        for event_id, future in futures.items():
            error = future.exception(0) if future.done() else TimeoutError()
            if error is None:
                sent.append(event_id)
            else:
                log.warning("event.not_sent", extra={"event_id": str(event_id), "error": type(error).__qualname__})
            trace = traces[event_id]
            if trace is not None:
                failed = "" if error is None else type(error).__qualname__
                trace.close(failed, {"messaging.message.id": str(event_id)})
        return sent

    def publish_message(self, topic: str, data: bytes, attributes: Mapping[str, str]) -> None:
        """Send one message and wait until it is taken.

        Raises:
            GoogleAPICallError, RetryError, TimeoutError: Pub/Sub did not take the message.
        """
        self._client.publish(self._path(topic), data, **attributes).result(TIMEOUT_S)

    def replay(self, subscription: str, topic: str, most: int) -> int:
        """Publish the messages of a dead letter subscription to their topic again; return how many."""
        replayed = 0
        with pubsub_v1.SubscriberClient() as subscriber:
            path = subscriber.subscription_path(self._project, subscription)
            while replayed < most:
                pulled = _pulled(subscriber, path, min(100, most - replayed))
                if not pulled:
                    break
                for received in pulled:
                    message = received.message
                    kept = {name: value for name, value in message.attributes.items() if not name.startswith("dead_")}
                    self.publish_message(topic, message.data, kept)
                    subscriber.acknowledge(subscription=path, ack_ids=[received.ack_id])
                    replayed += 1
        return replayed

    def _path(self, topic: str) -> str:
        path: str = self._client.topic_path(self._project, topic)
        return path


def _branch(event: Event) -> Trace | None:
    """Return the trace that caused an event; None where it is not sampled."""
    here = current_trace()
    return None if here is None else here.branch(event.attributes.get("traceparent", ""))


def _pulled(subscriber: Any, path: str, most: int) -> list[Any]:
    try:
        answer = subscriber.pull(subscription=path, max_messages=most, timeout=PULL_TIMEOUT_S)
    except (GoogleAPICallError, RetryError):  # nothing came in time
        return []
    return list(answer.received_messages)
