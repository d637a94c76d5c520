"""The functions' process under faults: `selfhost.serve`, with minutes made seconds and a clock that can be set wrong.

Usage: python -m tests.faults.serving LISTENING_DESCRIPTOR DATA_FOLDER, with `CLOCK` naming the file of the clock's error.
"""

from __future__ import annotations

import datetime as dt
import mmap
import os
import struct
import time
from pathlib import Path
from typing import Any

import jwt.api_jwt

import dev.serve
import selfhost.deliveries
import selfhost.emulator
import selfhost.scheduler
import shared.edge.deps
import shared.email.service
import shared.email.transport
import shared.plumbing.events.outbox
import shared.plumbing.postgres.connection
import shared.viral.service
from shared.enrichment import lookups, runs
from shared.plumbing.redis import breaker

CLOCK = "FAULTS_CLOCK"
CLOCK_FORMAT = struct.Struct("d")
# A run that was frozen for longer than this is overtaken by another one.
ENRICHMENT_LEASE_S = 4
EMAIL_LEASE_S = 8
EVERY_S = 3.0


def impatient() -> None:
    """Everything that takes minutes in real life takes moments here."""
    lookups.ASK_S = 3
    lookups.RETRY_S, lookups.MAX_RETRY_S, lookups.REFUSED_S = 0.2, 1.0, 0.5
    lookups.ASKED_WAIT_S, lookups.ASKED_AGAIN_S = 0.5, 0.5
    runs.LEAST_WAIT_S, runs.MAX_POSTPONED, runs.LEASE_S = 0.1, 200, ENRICHMENT_LEASE_S
    runs.Enricher.__init__.__defaults__ = (ENRICHMENT_LEASE_S,)
    breaker.OPEN_S, breaker.MAX_OPEN_S, breaker.TRIAL_S = 0.3, 1, 1  # type: ignore[assignment]  # part of a second
    shared.email.service.LEASE_S, shared.email.service.RECORD_TIMEOUT_S = EMAIL_LEASE_S, 4.0
    shared.email.transport.TIMEOUT_S = 2.0
    shared.plumbing.events.outbox.SENDING_S, shared.plumbing.events.outbox.CONFIRM_WITHIN_S = 8, 15
    shared.plumbing.postgres.connection._SESSION = shared.plumbing.postgres.connection._SESSION.replace("'60s'", "'8s'")
    rules = selfhost.deliveries.Rules(least_backoff_s=0.2, most_backoff_s=2, max_attempts=100, retake_after_s=15)
    selfhost.deliveries.Rules = lambda: rules  # type: ignore[assignment,misc]  # made with no argument
    selfhost.emulator.make_subscriptions = lambda *_, **__: []  # whoever starts the emulator makes them
    selfhost.scheduler.seconds_until_next = lambda *_: EVERY_S


def wrong_clock(path: Path) -> None:
    """Has every clock that the product reads be wrong by the seconds in a file, from one moment to the next."""
    with path.open("rb") as file:
        held = mmap.mmap(file.fileno(), CLOCK_FORMAT.size, prot=mmap.PROT_READ)

    def error_s() -> float:
        return float(CLOCK_FORMAT.unpack_from(held)[0])

    class Shifted(dt.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return dt.datetime.now(tz) + dt.timedelta(seconds=error_s())

    for module in (shared.edge.deps, shared.viral.service, jwt.api_jwt):
        vars(module)["datetime"] = Shifted
    right = time.time
    time.time = lambda: right() + error_s()


if __name__ == "__main__":
    impatient()
    wrong_clock(Path(os.environ[CLOCK]))
    dev.serve.main()
