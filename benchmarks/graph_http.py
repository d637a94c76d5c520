"""What a path costs over HTTP beyond its query: the whole call under gunicorn, against the same query on a kept connection.

    python -m benchmarks.graph_http [--contacts 100000] [--pairs 60] [--rounds 3]

Both are asked for the same pairs in turn; milliseconds of wall clock.
"""

from __future__ import annotations

import contextlib
import http.client
import random
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.databases import owner_of, percentiles, wall_ms
from benchmarks.graph import QUERY, Network
from benchmarks.graph_ground import load, made_up
from benchmarks.results import Row, Table, run
from benchmarks.running import EMAIL, Served, ground
from dev.issuer import ISSUER, subject_of
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url

if TYPE_CHECKING:
    import argparse

CALL = "the whole call"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> list[Table]:
    """The query and the call in turn."""
    ties = made_up(options.contacts)
    with contextlib.ExitStack() as stack:
        beside = stack.enter_context(ground(contacts=1))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        owner = stack.enter_context(contextlib.closing(owner_of(beside.owner_url)))
        load(owner, ties, arrival=False, seed=False)
        # whoever holds the token is now the user of the network
        owner.run("delete from crm.users where subject = :subject", subject=subject_of(EMAIL))
        owner.run(
            "update crm.users set issuer = :issuer, subject = :subject, email = :email where id = :id",
            issuer=ISSUER,
            subject=subject_of(EMAIL),
            email=EMAIL,
            id=str(ties.user_id),
        )
        database = Database(Pool(connect_to_url(beside.owner_url), 2))
        stack.callback(database.close)
        tx = stack.enter_context(database.transaction(ties.user_id, timeout_s=600))
        network = Network(owner, ties, tx)
        ask, pairs = network.path(), list(network.pairs(options.pairs))
        served = Served("find_path", beside.environment, folder)
        stack.callback(served.stop)
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)

        def call(pair: tuple[int, int]) -> None:
            path = f"/api/crm/graph/path?from={network.ids[pair[0]]}&to={network.ids[pair[1]]}&max_hops=4"
            assert served.get(path, beside.token, connection) == 200

        served.wait(f"/api/crm/graph/path?to={network.ids[2]}", beside.token)
        times: dict[str, list[float]] = {QUERY: [], CALL: []}
        for turn in range(options.rounds + 1):
            for pair in pairs:
                for name, way in random.sample([(QUERY, ask), (CALL, call)], 2):
                    started = wall_ms()
                    way(pair)
                    if turn:
                        times[name].append(wall_ms() - started)
    beyond = [whole - query for query, whole in zip(times[QUERY], times[CALL], strict=True)]
    base = statistics.median(times[QUERY])
    return [
        Table(
            "over HTTP",
            [
                Row(QUERY, percentiles(times[QUERY])),
                Row(CALL, percentiles(times[CALL]), ratio=statistics.median(times[CALL]) / base),
                Row("the call beyond its own query", percentiles(beyond)),
            ],
            floor=QUERY,
        )
    ]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
