"""CPU that a request costs a function, against the framework's own hello function, in one interleaved run.

    python -m benchmarks.http_cost [--rounds 7] [--requests 2000]

The ratio is worker CPU per request, read from /proc: what a client, Postgres and Redis use on the same machine does not
count, so it holds on a busy one as well.
"""

from __future__ import annotations

import http.client
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.results import Limit, Table, by_round, run
from benchmarks.running import Served, ground

if TYPE_CHECKING:
    import argparse

LIMITS = {"cached contact": Limit(1.6), "contact from Postgres": Limit(2.0), "list of 50": Limit(2.2)}


def load(served: Served, path: str, token: str, requests: int, clients: int = 4) -> float:
    """Microseconds of worker CPU for each of so many requests."""

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        for _ in range(requests // clients):
            assert served.get(path, token, connection) == 200
        connection.close()

    before = served.cpu_ms()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (served.cpu_ms() - before) / requests * 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=2000)


def measure(options: argparse.Namespace) -> list[Table]:
    """Worker CPU of each request, round by round."""
    with ground() as beside, tempfile.TemporaryDirectory() as name:
        contact = f"/api/crm/contacts/{beside.contact_ids[0]}"
        without_cache = beside.environment | {"REDIS_URL": "", "RATE_LIMIT_PER_MINUTE": "0"}
        cases = {
            "hello": (Served("hello", beside.environment, Path(name)), "/"),
            "cached contact": (Served("get_contact", beside.environment, Path(name)), contact),
            "contact from Postgres": (Served("get_contact", without_cache, Path(name)), contact),
            "list of 50": (Served("list_contacts", without_cache, Path(name)), "/api/crm/contacts?limit=50"),
            "search, rare word": (
                Served("search_contacts", without_cache, Path(name)),
                "/api/crm/contacts/search?q=person+4711",
            ),
        }
        try:
            for served, path in cases.values():
                served.wait(path, beside.token)
                load(served, path, beside.token, 200)
            costs: dict[str, list[float]] = {case: [] for case in cases}
            for _ in range(options.rounds):
                for case, (served, path) in cases.items():
                    costs[case].append(load(served, path, beside.token, options.requests))
        finally:
            for served, _ in cases.values():
                served.stop()
    rows = [by_round(case, "CPU us", values, costs["hello"], LIMITS.get(case)) for case, values in costs.items()]
    return [Table("requests", rows, floor="hello")]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
