"""The export of spans and metrics on a thread beside the requests, which wake it.

A Cloud Function has no processor between requests, so nothing here relies on a timer: the spans of a request are sent
right after it, those that a frozen thread could not send when it continues, and the rest when the instance ends.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections import deque
from typing import TYPE_CHECKING

from shared.plumbing.telemetry.recording import METRICS_EVERY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.config import Settings
    from shared.plumbing.telemetry.otlp import Sender
    from shared.plumbing.telemetry.recording import Metrics, Span

# The most spans that wait while the collector does not answer, the latest; about 1 kB each.
MAX_WAITING = 5_000
BATCH = 500
# A send costs as much as a request. The first leaves at once; a busy process sends the following ones in batches.
SENDS_APART_S = 0.25
# How long a call without a waiting client waits for the export, and how long an instance that ends.
FLUSH_S = 1.0
CLOSE_S = 5.0
# Pause after a collector that did not answer; a batch that was refused this often is given up.
PAUSE_S = 10.0
MAX_TRIES = 3


class Exporter:
    """The queue of spans and its thread, which starts with the first span or metric to send.

    Args:
        settings: hold the collector's address.
        metrics: the metrics to send.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._metrics = metrics
        self._settings = settings
        self._waiting: deque[Span] = deque(maxlen=MAX_WAITING)
        self._metrics_due = time.monotonic() + METRICS_EVERY_S
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._busy = self._urgent = self._closing = False
        self._sent_at = 0.0
        self._tries = 0

    def add(self, spans: Sequence[Span]) -> None:
        """Queue spans, and wake the thread for them and for due metrics."""
        if not spans and time.monotonic() < self._metrics_due:
            return
        with self._changed:
            self._waiting.extend(spans)
            self._busy = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="telemetry", daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._changed.notify_all()

    def flush(self) -> None:
        """Wait up to `FLUSH_S` until all is sent; not at all while the collector does not answer."""
        with self._changed:
            self._urgent = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._tries or not self._busy, FLUSH_S)

    def close(self) -> None:
        """Send the waiting spans and the metrics, before the instance ends."""
        with self._changed:
            thread = self._thread
            self._closing = True
            self._changed.notify_all()
        if thread is not None:
            thread.join(CLOSE_S)

    def _run(self) -> None:
        from shared.plumbing.telemetry.otlp import Sender  # noqa: PLC0415 - 0.2 s, beside the requests

        sender = Sender(self._settings)
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._busy or self._closing, METRICS_EVERY_S)
                apart_s = self._sent_at + SENDS_APART_S - time.monotonic()
                self._changed.wait_for(lambda: self._urgent or self._closing, apart_s)
                self._urgent, closing = False, self._closing
            self._sent_at = time.monotonic()
            self._send_spans(sender)
            if closing or time.monotonic() >= self._metrics_due:
                self._metrics_due = time.monotonic() + METRICS_EVERY_S
                sender.send_metrics(self._metrics)
            with self._changed:
                self._busy = bool(self._waiting)
                self._changed.notify_all()
                if closing:
                    return
                if self._tries:
                    self._changed.wait_for(lambda: self._closing, PAUSE_S)

    def _send_spans(self, sender: Sender) -> None:
        while True:
            with self._changed:
                batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            if not batch:
                return
            # A second try at once: the instance may have been frozen in the middle, and the connection is broken.
            if sender.send_spans(batch) or sender.send_spans(batch):
                self._tries = 0
                continue
            with self._changed:
                self._tries += 1
                if self._tries < MAX_TRIES:
                    free = MAX_WAITING - len(self._waiting)
                    self._waiting.extendleft(reversed(batch[len(batch) - min(free, len(batch)) :]))
                else:
                    self._tries = 0
            return
