"""Deliver events from the outbox to their consumers in process, with the rules that a Pub/Sub push subscription has.

What arrives is what Pub/Sub would push: the same body, at the same kind of address. A consumer that answers 2xx has
confirmed the event; one that does not gets it again after a while, longer each time, and in the end it is buried.
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
    """As Terraform sets them on a subscription.

    Attributes:
        threads: deliveries at once.
        least_backoff_s: before the second delivery; doubles each time.
        most_backoff_s: at the most.
        max_attempts: then the event is buried.
        retake_after_s: a delivery that takes longer is made again.
        poll_s: how often the outbox is looked into while nothing happens.
    """

    threads: int = 8
    least_backoff_s: float = 10
    most_backoff_s: float = 600
    max_attempts: int = 12
    retake_after_s: int = 60
    poll_s: float = 0.2

    @property
    def max_in_flight(self) -> tuple[int | None, ...]:
        """A few threads are kept free for what has a higher priority."""
        return (None, max(1, self.threads - 1), max(1, self.threads - 3))

    def backoff_s(self, attempts: int) -> float:
        """How long to wait after so many attempts."""
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
        """Prepare, start nothing.

        Args:
            manifest: every function by name.
            app: gives the app of a function.
            database: gives the database; asked for when the first event is looked for.
            rules: how it is delivered.
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
        """Start looking for events."""
        for dispatcher in self._dispatchers:
            dispatcher.start()

    def stop(self, patience_s: float = 5) -> None:
        """Take no more events, and waits a moment for those under way."""
        self._stopping.set()
        for dispatcher in self._dispatchers:
            if dispatcher.is_alive():
                dispatcher.join(patience_s)

    def _dispatch(self, topic: str) -> None:
        free = threading.Semaphore(self._rules.threads)
        done = threading.Event()

        def deliver(event: Event) -> None:
            try:
                self.deliver(event)
            except Exception:  # the event is taken again when its time is over
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
        except Unavailable:  # the servers are being started again
            return []

    def deliver(self, event: Event) -> int:
        """Deliver an event once, and says when it is to be delivered again where that fails.

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
    """What Pub/Sub pushes for a message."""
    return {
        "message": {
            "data": base64.b64encode(event.data.encode()).decode(),
            "messageId": str(event.id),
            "publishTime": datetime.now(UTC).isoformat(),
            "attributes": event.message_attributes(),
        },
        "subscription": f"projects/{PROJECT_ID}/subscriptions/{event.topic}",
    }
