"""Call the functions that have a schedule, in process, as Cloud Scheduler does over HTTP."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cronsim import CronSim
from werkzeug.test import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from wsgiref.types import WSGIApplication

    from shared.manifest import Function

log = logging.getLogger(__name__)

OK = range(200, 300)


class Scheduler:
    """One thread for each function with a schedule, so that a slow one holds up nobody and never overlaps itself."""

    def __init__(self, manifest: Mapping[str, Function], app: Callable[[str], WSGIApplication]) -> None:
        """Prepare, start nothing.

        Args:
            manifest: every function by name.
            app: gives the app of a function.
        """
        self._app = app
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(name, function.schedule), name=f"schedule-{name}", daemon=True)
            for name, function in manifest.items()
            if function.schedule
        ]

    def start(self) -> None:
        """Start waiting for the first time of each."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let nothing new begin; what runs is ended with the process."""
        self._stopping.set()

    def _run(self, name: str, schedule: str) -> None:
        # The next time is asked for after each run: times missed while it ran, or while the machine slept, are left out.
        while not self._stopping.wait(seconds_until_next(schedule, datetime.now(UTC))):
            try:
                self.call(name)
            except Exception:  # a function that cannot be loaded must not end its schedule
                log.exception("schedule.failed function=%s", name)

    def call(self, name: str) -> int:
        """Call a function once and wait for it.

        Returns:
            Its HTTP status.
        """
        status = Client(self._app(name)).post("/", buffered=True).status_code
        if status not in OK:
            log.warning("schedule.failed function=%s status=%s", name, status)
        return status


def seconds_until_next(schedule: str, now: datetime) -> float:
    """How long from `now` to the next time a cron expression names, in seconds; more than 0."""
    return float((next(CronSim(schedule, now)) - now).total_seconds())
