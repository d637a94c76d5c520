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
    """One thread for each function with a schedule, so that a slow one delays no other and never overlaps itself."""

    def __init__(self, manifest: Mapping[str, Function], app: Callable[[str], WSGIApplication]) -> None:
        """Prepare the threads without starting them.

        Args:
            manifest: every function by name.
            app: returns the WSGI app of a function.
        """
        self._app = app
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(name, function.schedule), name=f"schedule-{name}", daemon=True)
            for name, function in manifest.items()
            if function.schedule
        ]

    def start(self) -> None:
        """Start the threads, which wait for the first time of each schedule."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Start no more runs; a present run ends with the process."""
        self._stopping.set()

    def _run(self, name: str, schedule: str) -> None:
        # The next time is computed after each run: times that passed during the run, or while the machine slept, are skipped.
        while not self._stopping.wait(seconds_until_next(schedule, datetime.now(UTC))):
            try:
                self.call(name)
            except Exception:  # a function that cannot be loaded must not end its schedule
                log.exception("schedule.failed function=%s", name)

    def call(self, name: str) -> int:
        """Call a function once and wait for its end.

        Returns:
            The HTTP status of its answer.
        """
        status = Client(self._app(name)).post("/", buffered=True).status_code
        if status not in OK:
            log.warning("schedule.failed function=%s status=%s", name, status)
        return status


def seconds_until_next(schedule: str, now: datetime) -> float:
    """Return the seconds from `now` to the next time of a cron expression; more than 0."""
    return float((next(CronSim(schedule, now)) - now).total_seconds())
