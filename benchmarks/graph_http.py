"""What a path costs over HTTP beyond its query: the whole call under gunicorn, against the same query on a kept connection.

    python -m benchmarks.graph_http [--contacts 100000] [--pairs 60] [--rounds 3]

Both are asked for the same pairs in turn; milliseconds of wall clock.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import random
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.graph import PERCENTILES, Network, owner_of, wall_ms
from benchmarks.graph_ground import load, made_up
from benchmarks.running import EMAIL, Served, ground
from dev.issuer import ISSUER, subject_of
from shared.database import Database
from shared.pool import Pool, connect_to_url


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
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
        times: dict[str, list[float]] = {"the query": [], "the whole call": []}
        for turn in range(options.rounds + 1):
            for pair in pairs:
                for name, way in random.sample([("the query", ask), ("the whole call", call)], 2):
                    started = wall_ms()
                    way(pair)
                    if turn:
                        times[name].append(wall_ms() - started)
    print(f"| {options.contacts:,} contacts | ms p50 / p95 / p99 |\n|---|---|")
    for name, values in times.items():
        print(f"| {name} | {' / '.join(f'{value:.2f}' for value in np.percentile(values, PERCENTILES))} |")
    beyond = np.array(times["the whole call"]) - np.array(times["the query"])
    print(
        f"| the call beyond its query | {' / '.join(f'{value:.2f}' for value in np.percentile(beyond, PERCENTILES))} |"
    )


if __name__ == "__main__":
    main()
