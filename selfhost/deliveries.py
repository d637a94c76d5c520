"""Deliver events from the outbox to their consumers in process, with the rules that a Pub/Sub push subscription has.

A consumer gets what Pub/Sub would push: the same body at the same address. A consumer that answers 2xx has confirmed the
event; after any other answer the event is delivered again, with growing delays, and finally buried.
"""

from __future__ import annotations

import base64
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from werkzeug.test import Client

from shared.errors import Unavailable
from shared.plumbing.events import outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from wsgiref.types import WSGIApplication

    from shared.manifest import Function
    from shared.plumbing.events.outbox import Event
    from shared.plumbing.postgres.database import Database

log = logging.getLogger(__name__)

PROJECT_ID = "warmpath-local"
OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of delivery, as Terraform sets them on a subscription.

    Attributes:
        threads: deliveries at once.
        least_backoff_s: delay before the second delivery; doubles each time.
        most_backoff_s: the longest delay.
        max_attempts: deliveries after which the event is buried.
        retake_after_s: time after which an unconfirmed delivery is repeated.
        poll_s: interval of looking into the outbox while it is empty.
    """

    threads: int = 8
    least_backoff_s: float = 10
    most_backoff_s: float = 600
    max_attempts: int = 12
    retake_after_s: int = 60
    poll_s: float = 0.2

    @property
    def max_in_flight(self) -> tuple[int | None, ...]:
        """Events of each priority in flight; a few threads are kept free for higher priorities."""
        return (None, max(1, self.threads - 1), max(1, self.threads - 3))

    def backoff_s(self, attempts: int) -> float:
        """Return the delay after a number of attempts."""
        return float(min(self.most_backoff_s, self.least_backoff_s * 2 ** (attempts - 1)))


class Deliveries:
    """One dispatcher and some threads for each topic that has a consumer."""

    def __init__(
        self,
        manifest: Mapping[str, Function],
        app: Callable[[str], WSGIApplication],
        database: Callable[[], Database],
        rules: Rules | None = None,
    ) -> None:
        """Prepare the threads without starting them.

        Args:
            manifest: every function by name.
            app: returns the WSGI app of a function.
            database: returns the database; called for the first look into the outbox.
            rules: the rules of delivery.
        """
        self._app = app
        self._database = database
        self._rules = rules or Rules()
        self._consumers = {function.topic: function.name for function in manifest.values() if function.topic}
        self._stopping = threading.Event()
        self._dispatchers = [
            threading.Thread(target=self._dispatch, args=(topic,), name=f"deliver-{topic}", daemon=True)
            for topic in self._consumers
        ]

    def start(self) -> None:
        """Start the threads."""
        for dispatcher in self._dispatchers:
            dispatcher.start()

    def stop(self, timeout_s: float = 5) -> None:
        """Take no more events, and wait a moment for deliveries in progress."""
        self._stopping.set()
        for dispatcher in self._dispatchers:
            if dispatcher.is_alive():
                dispatcher.join(timeout_s)

    def _dispatch(self, topic: str) -> None:
        free = threading.Semaphore(self._rules.threads)
        done = threading.Event()

        def deliver(event: Event) -> None:
            try:
                self.deliver(event)
            except Exception:  # the event is taken again after `retake_after_s`
                log.exception("event.delivery_failed event=%s", event.id)
            finally:
                free.release()
                done.set()

        with ThreadPoolExecutor(self._rules.threads, thread_name_prefix=f"deliver-{topic}") as pool:
            while not self._stopping.is_set():
                places = _acquired(free, self._rules.threads)
                events = self._taken(topic, places) if places else []
                for _ in range(places - len(events)):
                    free.release()
                for event in events:
                    pool.submit(deliver, event)
                if not events:
                    done.wait(self._rules.poll_s)
                    done.clear()

    def _taken(self, topic: str, most: int) -> list[Event]:
        try:
            with self._database().transaction(None) as tx:
                return outbox.take(
                    tx, topic, most, max_in_flight=self._rules.max_in_flight, retake_after_s=self._rules.retake_after_s
                )
        except Unavailable:  # the servers are starting again
            return []

    def deliver(self, event: Event) -> int:
        """Deliver an event once; after a failure schedule the next delivery, or bury the event.

        Returns:
            The consumer's HTTP status.
        """
        path = f"/projects/{PROJECT_ID}/topics/{event.topic}"
        answer = Client(self._app(self._consumers[event.topic])).post(path, json=push_body(event))
        if answer.status_code not in OK:
            with self._database().transaction(None) as tx:
                if event.sends >= self._rules.max_attempts:
                    outbox.bury(
                        tx, topic=event.topic, reason=None, data={}, event_id=event.id, attributes=event.attributes
                    )
                else:
                    outbox.retry(tx, event.id, delay_s=self._rules.backoff_s(event.sends))
        return answer.status_code


def _acquired(semaphore: threading.Semaphore, most: int) -> int:
    count = 0
    while count < most and semaphore.acquire(blocking=False):
        count += 1
    return count


def push_body(event: Event) -> dict[str, Any]:
    """Build the body that Pub/Sub would push for an event."""
    return {
        "message": {
            "data": base64.b64encode(event.data.encode()).decode(),
            "messageId": str(event.id),
            "publishTime": datetime.now(UTC).isoformat(),
            "attributes": event.message_attributes(),
        },
        "subscription": f"projects/{PROJECT_ID}/subscriptions/{event.topic}",
    }
