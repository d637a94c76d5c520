"""CPU that a request costs a function, against the framework's own hello function, in one interleaved run.

Run: `python -m benchmarks.http_cost` (about two minutes). The ratio is worker CPU per request, read from /proc: what a
client, Postgres and Redis use on the same machine does not count, so it holds on a busy one as well.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import tempfile
import threading
from pathlib import Path

from benchmarks.running import Served, ground

LIMITS = {"cached contact": 1.6, "contact from Postgres": 2.0, "list of 50": 2.2}


def load(served: Served, path: str, token: str, requests: int, clients: int = 4) -> float:
    """Microseconds of worker CPU for each of so many requests."""

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        for _ in range(requests // clients):
            assert served.get(path, token, connection) == 200
        connection.close()

    before = served.worker_cpu_s()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (served.worker_cpu_s() - before) / requests * 1e6


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
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
    floor = costs["hello"]
    print("| request | worker CPU, us (median) | ratio to hello (median, min-max by round) | limit |")
    print("|---|---|---|---|")
    for case, values in costs.items():
        ratios = [value / base for value, base in zip(values, floor, strict=True)]
        print(
            f"| {case} | {statistics.median(values):.0f} | {statistics.median(ratios):.2f} "
            f"({min(ratios):.2f}-{max(ratios):.2f}) | {LIMITS.get(case, '')} |"
        )


if __name__ == "__main__":
    main()
