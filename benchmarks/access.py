"""What programs cost: a token that is looked up against an ID token, an Idempotency-Key against none, and the tools of assistants.

    python -m benchmarks.access [--rounds 7] [--requests 400] [--contacts 20000]

Tokens and keys are compared by worker CPU per request, read from /proc, in interleaved rounds. Tools are called one after the other over
one connection, with a personal token: the times are those of the clock, so they hold on a quiet machine alone.
"""

from __future__ import annotations

import http.client
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from benchmarks.results import Limit, Row, Table, by_round, run
from benchmarks.running import Served, ground

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

CONTACT = {"name": "Ada", "enrich": False}
CONTACTS = "/api/crm/contacts"
TOOLS: dict[str, dict[str, Any]] = {
    "find_people": {"query": "person 4711"},
    "find_people, warmest first": {"company": "Firm 7"},
    "get_person": {"person": "Person 12"},
    "who_can_introduce": {"person": "Person 12"},
    "list_going_cold": {},
    "list_due": {},
}
# The first calls of a tool import what it needs.
WARMING_UP = 5
# The look-up of a token is remembered for half a minute; a key is two statements more in the same transaction.
LIMITS = {"personal token": Limit(1.3), "with a key": Limit(2.5)}


class Caller:
    """One client with one connection to a function."""

    def __init__(self, served: Served, token: str) -> None:
        served.wait_for(served.has_port)
        self._connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Call once; the parsed answer."""
        content = None if body is None else json.dumps(body)
        try:
            self._connection.request(method, path, content, self._headers | headers)
            answer = self._connection.getresponse()
        except (http.client.HTTPException, OSError):
            # The server closes a connection that rests between two rounds.
            self._connection.close()
            self._connection.request(method, path, content, self._headers | headers)
            answer = self._connection.getresponse()
        text = answer.read()
        assert answer.status in {200, 201}, text
        return json.loads(text)


def cpu_of_each(served: Served, requests: int, call: Callable[[], Any]) -> float:
    """Microseconds of worker CPU for each of so many calls."""
    before = served.cpu_ms()
    for _ in range(requests):
        call()
    return (served.cpu_ms() - before) / requests * 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--contacts", type=int, default=20_000)


def measure(options: argparse.Namespace) -> list[Table]:
    """Interleaved rounds of the same calls by different means."""
    with ground(options.contacts) as beside, tempfile.TemporaryDirectory() as name:
        # Without Redis nothing limits a program to its 300 calls a minute.
        unlimited = beside.environment | {"REDIS_URL": "", "RATE_LIMIT_PER_MINUTE": "0"}
        served = {
            function: Served(function, unlimited, Path(name))
            for function in ("create_token", "get_contact", "create_contact", "serve_mcp")
        }
        try:
            served["get_contact"].wait(f"{CONTACTS}/{beside.contact_ids[0]}", beside.token)
            wanted = {"name": "bench", "scopes": ["read", "write"], "days": 1}
            made = Caller(served["create_token"], beside.token)("POST", "/api/crm/access/tokens", wanted)
            reading = compare_tokens(served["get_contact"], beside.token, made["token"], beside.contact_ids[0], options)
            writing = compare_keys(served["create_contact"], beside.token, options)
            tools = list(latencies(served["serve_mcp"], made["token"], options.requests))
        finally:
            for each in served.values():
                each.stop()
    return [reading, writing, Table("tools", tools)]


def compare_tokens(served: Served, person: str, program: str, contact_id: str, options: argparse.Namespace) -> Table:
    """A read from Postgres, with either kind of token."""
    path = f"{CONTACTS}/{contact_id}"
    by_person, by_program = Caller(served, person), Caller(served, program)
    cases = {"ID token": lambda: by_person("GET", path), "personal token": lambda: by_program("GET", path)}
    return interleaved("tokens", served, cases, options)


def compare_keys(served: Served, person: str, options: argparse.Namespace) -> Table:
    """A new contact, with and without an Idempotency-Key."""
    adding = Caller(served, person)
    cases = {
        "without a key": lambda: adding("POST", CONTACTS, CONTACT),
        "with a key": lambda: adding("POST", CONTACTS, CONTACT, **{"Idempotency-Key": str(uuid4())}),
    }
    return interleaved("keys", served, cases, options)


def interleaved(name: str, served: Served, cases: dict[str, Callable[[], Any]], options: argparse.Namespace) -> Table:
    """The worker CPU of each case beside the first one, round by round."""
    costs: dict[str, list[float]] = {case: [] for case in cases}
    for round_number in range(options.rounds + 1):
        for case, call in cases.items():
            cost = cpu_of_each(served, options.requests, call)
            if round_number:  # the first one warms up
                costs[case].append(cost)
    floor = next(iter(cases))
    rows = [by_round(case, "CPU us", values, costs[floor], LIMITS.get(case)) for case, values in costs.items()]
    return Table(name, rows, floor=floor)


def latencies(served: Served, token: str, requests: int) -> Iterator[Row]:
    """The time of each tool by the clock."""
    caller = Caller(served, token)
    for name, given in TOOLS.items():
        params = {"name": name.partition(",")[0], "arguments": given}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        took = []
        for number in range(requests + WARMING_UP):
            started = time.perf_counter()
            answer = caller("POST", "/api/crm/mcp", message)
            assert not answer["result"]["isError"], answer
            if number >= WARMING_UP:
                took.append((time.perf_counter() - started) * 1000)
        p95 = statistics.quantiles(took, n=20)[-1]
        size_kb = len(json.dumps(answer)) / 1000
        yield Row(name, {"p50 ms": statistics.median(took), "p95 ms": p95, "answer kB": size_kb})


if __name__ == "__main__":
    run(__doc__, measure, arguments)
