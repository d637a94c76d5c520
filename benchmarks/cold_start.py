"""Time from the start of a function's process to its first good answer, against the framework's own hello function.

    python -m benchmarks.cold_start [--rounds 9] [--all]

Functions are started as they are deployed, signed in to Cloud SQL by IAM, with a stand-in of Google's side on this machine whose time is
not counted: through the connector; one also directly with an access token, and one with a password over a database URL.
Rounds are interleaved; byte code is compiled before, as in a deployed archive. `--all` takes every function of the API.
The limit is for the processor time, which a busy machine stretches less. Tables are by what a process has imported when it has answered.
Events stay in the outbox: the first one that is sent from a process costs 0.25 s more, for Google's client of Pub/Sub.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.results import Limit, Row, Table, run
from benchmarks.running import Served, ground
from shared.manifest import functions
from tests.fakes.cloud_sql import fake_cloud_sql

if TYPE_CHECKING:
    import argparse

    from benchmarks.running import Ground
    from shared.manifest import Function
    from tests.fakes.cloud_sql import FakeCloudSql

LIMITS = {"get_contact, by an access token": Limit(1.7), "get_contact, by a database URL": Limit(1.7)}
LIMIT_OF_OTHERS = Limit(3.2)  # through the connector, half of which is its import
# What takes long to import, by a name that it can be found by among what a process has mapped.
IMPORTS = {"pydantic": "pydantic_core/", "grpc": "grpc/_cython/"}
HELLO = "hello"
# The function that is started in every way there is to reach the database, and the names of the ways.
EVERY_WAY = "get_contact"
CONNECTOR, TOKEN, URL = "", ", by an access token", ", by a database URL"
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
    """Milliseconds until the first answer, on the clock and of the processor; memory and what had been imported by then."""

    wall: float
    cpu: float
    memory_mb: float
    imports: str


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


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--all", action="store_true")


def measure(options: argparse.Namespace) -> list[Table]:
    """Starts every function in every round."""
    served_over_http = {function.name: function for function in functions().values() if function.http}
    names = list(served_over_http) if options.all else list(USUAL)
    with (
        ground(contacts=500) as beside,
        tempfile.TemporaryDirectory() as folder,
        fake_cloud_sql(beside.owner_url, Path(folder)) as google,
    ):
        calls = {HELLO: Call("GET", "/")} | {name: call_of(served_over_http[name], beside) for name in names}
        starts = [(target, CONNECTOR) for target in calls] + [(EVERY_WAY, TOKEN), (EVERY_WAY, URL)]
        times: dict[str, list[Taken]] = {target + way: [] for target, way in starts}
        for round_number in range(options.rounds + 1):
            for target, way in starts:
                took = first_answer(target, calls[target], beside, environment_of(way, beside, google), Path(folder))
                if round_number:  # the first compiles
                    times[target + way].append(took)
    tables: dict[str, Table] = {}
    for target, taken in sorted(times.items(), key=lambda item: statistics.median(taken.cpu for taken in item[1])):
        table = tables.setdefault(taken[0].imports, Table(taken[0].imports, [], floor="hello"))
        table.rows.append(row_of(target, taken, times[HELLO]))
    return list(tables.values())


def environment_of(way: str, beside: Ground, google: FakeCloudSql) -> dict[str, str]:
    """The environment of a function that reaches the database in this way."""
    if way == URL:
        return beside.environment
    environment = {name: value for name, value in beside.environment.items() if name != "DATABASE_URL"}
    environment |= google.environment()
    if way == TOKEN:
        environment |= {"CLOUD_SQL_ADDRESS": google.direct, "CLOUD_SQL_AUTHORITY": google.authority.pem()}
    return environment


def row_of(target: str, taken: list[Taken], floor: list[Taken]) -> Row:
    """One function's metrics; the ratio is to the median of hello, the spread half of the runs."""
    metrics = {
        "first answer ms": statistics.median(each.wall for each in taken),
        "CPU ms": statistics.median(each.cpu for each in taken),
        "MB": statistics.median(each.memory_mb for each in taken),
    }
    if target == HELLO:
        return Row(target, metrics)
    base = Row(
        HELLO,
        {
            name: statistics.median(getattr(each, kind) for each in floor)
            for name, kind in (("first answer ms", "wall"), ("CPU ms", "cpu"))
        },
    )
    low, middle, high = (
        value / base.metrics["CPU ms"] for value in statistics.quantiles((each.cpu for each in taken), n=4)
    )
    metrics["times hello by the clock"] = metrics["first answer ms"] / base.metrics["first answer ms"]
    return Row(target, metrics, ratio=middle, spread=(low, high), limit=LIMITS.get(target, LIMIT_OF_OTHERS))


def first_answer(target: str, call: Call, beside: Ground, environment: dict[str, str], folder: Path) -> Taken:
    """What it took from the start of the process until it has answered."""
    started = time.perf_counter()
    served = Served(target, environment, folder)
    try:
        served.wait_for(
            lambda: (
                served.send(call.method, call.path, beside.token, call.body, content_type=call.content_type)
                not in {401, 500, 503}
            )
        )
        took = (time.perf_counter() - started) * 1000, served.cpu_ms(), served.peak_mb()
        imports = [name for name, path in IMPORTS.items() if served.has_loaded(path)]
        return Taken(*took, f"with {' and '.join(imports)}" if imports else "without pydantic")
    finally:
        served.stop()


if __name__ == "__main__":
    run(__doc__, measure, arguments)
