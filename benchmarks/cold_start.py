"""Time from the start of a function's process to its first 200, against the framework's own hello function.

Run: `python -m benchmarks.cold_start` (about a minute). Rounds are interleaved; byte code is compiled before, as in a
deployed archive. `--all` takes every function that answers a GET.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.running import Served, ground
from shared.manifest import functions

LIMIT_OF_GET_CONTACT, LIMIT_OF_OTHERS = 1.7, 2.0


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    with ground(contacts=500) as beside, tempfile.TemporaryDirectory() as name:
        paths = {"hello": "/", "get_contact": f"/api/crm/contacts/{beside.contact_ids[0]}"}
        paths |= {
            "list_contacts": "/api/crm/contacts",
            "search_contacts": "/api/crm/contacts/search?q=per",
            "get_health": "/api/crm/health",
        }
        if options.all:
            paths |= {
                function.name: function.path
                for function in functions().values()
                if function.method == "GET"
                and function.http
                and "{" not in function.path
                and function.name not in paths
            }
        times: dict[str, list[float]] = {target: [] for target in paths}
        for round_number in range(options.rounds + 1):
            for target, path in paths.items():
                started = time.perf_counter()
                served = Served(target, beside.environment, Path(name))
                served.wait(path, beside.token)
                if round_number:  # the first compiles
                    times[target].append((time.perf_counter() - started) * 1000)
                served.stop()
    print("| function | first 200, ms (median) | ratio to hello (median, min-max by round) | limit |")
    print("|---|---|---|---|")
    for target, values in times.items():
        ratios = [value / floor for value, floor in zip(values, times["hello"], strict=True)]
        limit = "" if target == "hello" else LIMIT_OF_GET_CONTACT if target == "get_contact" else LIMIT_OF_OTHERS
        print(
            f"| {target} | {statistics.median(values):.0f} | {statistics.median(ratios):.2f} "
            f"({min(ratios):.2f}-{max(ratios):.2f}) | {limit} |"
        )


if __name__ == "__main__":
    main()
