"""A consumer process that kills itself (SIGKILL) at a step it is told; run by `test_faults.py`.

Usage: faulty_consumer.py PORT DEATHS_FILE [STEP OCCURRENCE]

A step is the moment before or after a statement, a commit, a call of a provider or a write to Redis: `before end_lookup`,
`after end_lookup` (not committed yet), `after end_lookup commit`, `before ask`, `after unmark`, ...
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from functions_framework import create_app
from werkzeug.serving import make_server

from shared.edge.deps import deps
from shared.enrichment import lookups, repository, runs
from shared.enrichment.providers.http import JsonClient
from shared.enrichment.runs import Enricher
from shared.plumbing.events import outbox
from shared.plumbing.postgres.connection import Connection
from shared.plumbing.redis import breaker, cache
from shared.plumbing.redis.client import RedisClient

STATEMENTS = ("begin_enrichment", "begin_lookup", "end_lookup", "end_enrichment", "finish_event")
# The others are transactions by themselves.
TRANSACTIONS = ("begin_lookup", "end_lookup", "finish_event")
STEPS = (
    *(f"before {name}" for name in STATEMENTS),
    *(f"after {name}" for name in STATEMENTS),
    *(f"after {name} commit" for name in TRANSACTIONS),
    *(f"{when} {what}" for what in ("ask", "mark", "unmark") for when in ("before", "after")),
)
ROOT = Path(__file__).parents[3]
LEASE_S = 4


class Executioner:
    """Counts how often a step is reached, and ends the process when it is time."""

    def __init__(self, deaths: str, step: str, occurrence: int) -> None:
        self.deaths, self.step, self.left = deaths, step, occurrence
        self.lock = threading.Lock()

    def reach(self, step: str) -> None:
        if step != self.step:
            return
        with self.lock:
            self.left -= 1
            if self.left == 0:
                with Path(self.deaths).open("a", encoding="ascii") as file:
                    file.write(step + "\n")
                os.kill(os.getpid(), signal.SIGKILL)


def between_statements(reach: Any) -> None:
    """Makes every statement, provider call and Redis write a step."""
    names = {query.text: query.name for query in (*repository.QUERIES, *outbox.QUERIES)}
    execute, latest = Connection.execute, threading.local()

    def executed(self: Connection, preamble: Any, text: str, values: Any) -> Any:
        name = f"{latest.name} commit" if text == "commit" else names.get(text, text)
        reach(f"before {name}")
        latest.name = name
        answer = execute(self, preamble, text, values)
        reach(f"after {name}")
        return answer

    Connection.execute = executed  # type: ignore[method-assign]  # the fault stands around it
    ask = JsonClient.ask

    def asked(self: JsonClient, *arguments: Any) -> Any:
        reach("before ask")
        answer = ask(self, *arguments)
        reach("after ask")
        return answer

    JsonClient.ask = asked  # type: ignore[method-assign,assignment]  # whatever it is called with goes on to it
    run = RedisClient.run
    scripts = {cache._MARK.digest: "mark", cache._UNMARK.digest: "unmark"}

    def ran(self: RedisClient, script: Any, *arguments: Any) -> Any:
        name = scripts.get(script.digest, "script")
        reach(f"before {name}")
        answer = run(self, script, *arguments)
        reach(f"after {name}")
        return answer

    RedisClient.run = ran  # type: ignore[method-assign,assignment]  # the same


def impatient() -> None:
    """Everything that takes minutes in real life takes moments here."""
    lookups.ASK_S = 3
    lookups.RETRY_S, lookups.MAX_RETRY_S = 0.1, 1.0
    lookups.REFUSED_S = 0.5
    lookups.ASKED_WAIT_S, lookups.ASKED_AGAIN_S = 0.5, 0.5
    runs.LEAST_WAIT_S, runs.MAX_POSTPONED = 0.1, 200
    breaker.OPEN_S, breaker.MAX_OPEN_S, breaker.TRIAL_S = 0.3, 1, 1  # type: ignore[assignment]  # part of a second
    made = deps()
    made.__dict__["enricher"] = Enricher(
        made.database, made.cache, made.breakers, made.waterfall, made.now, lease_s=LEASE_S
    )


def main(port: str, deaths: str, step: str = "", occurrence: str = "0") -> None:
    logging.disable(logging.CRITICAL)
    impatient()
    between_statements(Executioner(deaths, step, int(occurrence)).reach)
    app = create_app("enrich_contact", str(ROOT / "main.py"))
    logging.disable(logging.CRITICAL)
    make_server("127.0.0.1", int(port), app, threaded=True).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
