"""Time from the start of a function's process to its first good answer, against the framework's own hello function.

    python -m benchmarks.cold_start [--rounds 9] [--all]

Rounds are interleaved; byte code is compiled before, as in a deployed archive. `--all` takes every function of the API.
Events stay in the outbox: the first one that is sent from a process costs 0.25 s more, for Google's client of Pub/Sub.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.running import Served, ground
from shared.manifest import functions

if TYPE_CHECKING:
    from benchmarks.running import Ground
    from shared.manifest import Function

LIMITS = {"get_contact": 1.7}
LIMIT_OF_OTHERS = 2.0
USUAL = ("get_contact", "list_contacts", "search_contacts", "create_contact", "find_path", "get_health")
QUERIES = {"search_contacts": "?q=per", "find_path": "?to={b}", "find_mutual_contacts": "?b={b}"}
BODIES = {
    "create_contact": {"name": "Ada", "enrich": False},
    "replace_contact": {"name": "Ada"},
    "update_contact": {"notes": "Met in Lisbon"},
    "set_relationship": {"from_contact_id": "{a}", "to_contact_id": "{b}"},
    "add_interaction": {"kind": "email", "at": "2026-01-01T12:00:00Z"},
    "create_invitations": {"emails": ["new@example.com"]},
    "request_introduction": {"target_id": "{b}", "message": "To compare notes"},
    "update_user": {"name": "Bea Bench"},
}
FILES = {
    "import_contacts": "Name,Email\nAda,ada@example.com\n",
    "import_relationships": "from,to\n",
    "import_interactions": "email,kind,at\n",
}


class Taken(NamedTuple):
    """Milliseconds until the first answer: on the clock, and of the processor, which a busy machine stretches less."""

    wall: float
    cpu: float


class Call(NamedTuple):
    """The first request to a function."""

    method: str
    path: str
    body: str | None = None
    content_type: str = "application/json"


def call_of(function: Function, beside: Ground) -> Call:
    """A request that the function answers well, or at least refuses only after it has looked."""
    contact_ids = {"a": beside.contact_ids[0], "b": beside.contact_ids[1]}
    path = function.path.replace("{id}", contact_ids["a"]).replace("{contact_id}", contact_ids["a"])
    query = QUERIES.get(function.name, "").format(**contact_ids)
    if function.name in FILES:
        return Call(function.method, path, FILES[function.name], "text/csv")
    body = json.dumps(BODIES[function.name]) if function.name in BODIES else None
    for name, contact_id in contact_ids.items():
        body = body and body.replace("{" + name + "}", contact_id)
    if body is None and function.method in {"POST", "PUT", "PATCH"}:
        body = "{}"
    return Call(function.method, path + query, body)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    served_over_http = {function.name: function for function in functions().values() if function.http}
    names = list(served_over_http) if options.all else list(USUAL)
    with ground(contacts=500) as beside, tempfile.TemporaryDirectory() as folder:
        calls = {"hello": Call("GET", "/")} | {name: call_of(served_over_http[name], beside) for name in names}
        times: dict[str, list[Taken]] = {target: [] for target in calls}
        for round_number in range(options.rounds + 1):
            for target, call in calls.items():
                took = first_answer(target, call, beside, Path(folder))
                if round_number:  # the first compiles
                    times[target].append(took)
    print("| function | first answer, ms | ratio to hello (quartiles) | CPU, ms | ratio to hello (quartiles) | limit |")
    print("|---|---|---|---|---|---|")
    for target, taken in times.items():
        cells = [
            f"{statistics.median(own):.0f} | {quartiles(own, floor)}"
            for own, floor in zip(zip(*taken, strict=True), zip(*times["hello"], strict=True), strict=True)
        ]
        limit = "" if target == "hello" else LIMITS.get(target, LIMIT_OF_OTHERS)
        print(f"| {target} | {' | '.join(cells)} | {limit} |")


def quartiles(values: tuple[float, ...], floor: tuple[float, ...]) -> str:
    """The ratio to the floor's median: the median, and between which half of the runs lie."""
    low, middle, high = (value / statistics.median(floor) for value in statistics.quantiles(values, n=4))
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def first_answer(target: str, call: Call, beside: Ground, folder: Path) -> Taken:
    """What it took from the start of the process until it has answered."""
    started = time.perf_counter()
    served = Served(target, beside.environment, folder)
    try:
        served.wait_for(
            lambda: (
                served.send(call.method, call.path, beside.token, call.body, content_type=call.content_type)
                not in {401, 500, 503}
            )
        )
        return Taken((time.perf_counter() - started) * 1000, served.cpu_ms())
    finally:
        served.stop()


if __name__ == "__main__":
    main()
