"""How quick the leaderboard is with a million users and ten million points, and what keeping it costs.

python -m benchmarks.leaderboard [--users 1000000] [--points 10000000]

Compared are, in one interleaved run over the same sessions that functions use: the page as it is kept, the same page with
ranks counted from the standings, and the bare round trip. Then points, the passing of a day, and a rebuild from nothing,
whose outcome must be what was kept.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import statistics
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pg8000.native

from dev.processes import data_folder
from dev.servers import servers
from shared.database import Database
from shared.migrate import migrate
from shared.pool import Pool, connect_to_url, url_arguments
from shared.sql import Query
from shared.viral import repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shared.database import Session

# Points are not spread evenly: each is given to the user at the cube of a random share of all, so that the best have
# thousands and many have one.
LOAD = (
    """
    insert into crm.users (issuer, subject, name, settings)
    select 'bench', n::text, 'User ' || n, case when n % 50 = 0 then '{"leaderboard": false}' else '{}' end::jsonb
    from generate_series(1, :users::integer) n
    """,
    "create temp table numbered as select row_number() over (order by id) as n, id from crm.users",
    "create unique index on numbered (n)",
    """
    insert into crm.score_events (user_id, kind, subject, at)
    select u.id, case when g.i % 3 = 0 then 'introduction' else 'invitation' end, g.i::text, :now::timestamptz - g.age * interval '365 days'
    from (select i, (1 + floor(random() ^ 3 * :users::integer))::integer as n, random() as age from generate_series(1, :points::integer) i) g
    join numbered u on u.n = least(g.n, :users::integer)
    """,
    "analyze crm.score_events, crm.users",
)
COUNTED = """
    select s.score, (select count(*) + 1 from crm.leaderboard l where l.period = :period and l.shown and l.score > s.score)
    from (select score from crm.leaderboard where period = :period and shown order by score desc, tie desc limit 20) s
    union all
    select m.score, (select count(*) + 1 from crm.leaderboard l where l.period = :period and l.shown and l.score > m.score)
    from crm.leaderboard m where m.period = :period and m.user_id = :user_id
"""
ROUND_TRIP = Query.parse("round_trip", "value", "select 1")


@contextlib.contextmanager
def timed(label: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{label}: {time.perf_counter() - began:.2f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=1_000_000)
    parser.add_argument("--points", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o711)
        stack.enter_context(data_folder(folder))
        running = stack.enter_context(servers(folder, redis=False, throwaway=True))
        assert running.postgres is not None
        run(running.postgres.url(), options)


def run(url: str, options: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    with contextlib.closing(pg8000.native.Connection(**url_arguments(url) | {"timeout": None})) as owner:
        migrate(owner)
        with timed(f"loading {options.users:,} users and {options.points:,} points"):
            for statement in LOAD:
                names = {
                    name: value
                    for name, value in (("users", options.users), ("points", options.points), ("now", now))
                    if f":{name}" in statement
                }
                owner.run(statement, **names)
        with timed("rebuild from nothing"):
            standings = owner.run("select crm.rebuild_leaderboard(:now)", now=now)[0][0]
        owner.run("vacuum analyze crm.leaderboard")
        owner.run("vacuum analyze crm.leaderboard_scores")
        scores = owner.run(
            "select period, count(*), sum(people) from crm.leaderboard_scores group by period order by period"
        )
        print(f"{standings:,} standings; by period, scores and people: {scores}")
        users = [row[0] for row in owner.run("select id from crm.users order by md5(id::text) limit 2000")]
        read_interleaved(owner, url, users, options.rounds)
        write(owner, url, users, now)


def read_interleaved(owner: Any, url: str, users: list[uuid.UUID], rounds: int) -> None:
    """p50 and p95 of each way to read, one after the other in every round."""
    rng = random.Random(1)
    database = Database(Pool(connect_to_url(url), 1))
    taken: dict[str, list[float]] = {}

    def measure(label: str, user: uuid.UUID, ask: Callable[[Session], Any]) -> Any:
        with database.read(user) as tx:
            began = time.perf_counter()
            answer = ask(tx)
            taken.setdefault(label, []).append((time.perf_counter() - began) * 1000)
        return answer

    for number in range(rounds):
        user, period = rng.choice(users), rng.choice(["7d", "30d", "all"])
        measure("round trip", user, lambda tx: tx.value(ROUND_TRIP))
        first = measure("first page", user, lambda tx, p=period: repository.leaderboard_page(tx, p, None, 20))
        if first[2]:
            deep = (rng.randint(1, first[2][0]), uuid.UUID(int=rng.getrandbits(128)))
            measure("deep page", user, lambda tx, p=period, d=deep: repository.leaderboard_page(tx, p, d, 20))
        if number % 20 == 0:
            began = time.perf_counter()
            owner.run(COUNTED, period=period, user_id=user)
            taken.setdefault("counted", []).append((time.perf_counter() - began) * 1000)
    for label, times in taken.items():
        ranked = sorted(times)
        print(
            f"{label:>12}: p50 {statistics.median(ranked):.2f} ms, p95 {ranked[int(len(ranked) * 0.95)]:.2f} ms, n {len(ranked)}"
        )
    database.close()


def write(owner: Any, url: str, users: list[uuid.UUID], now: datetime) -> None:
    """A point, the passing of days, and whether what was kept is what a rebuild makes."""
    database = Database(Pool(connect_to_url(url), 1))
    times = []
    for user in users[:500]:
        began = time.perf_counter()
        with database.transaction(None) as tx:
            repository.add_points(tx, [user], "invitation", uuid.uuid4().hex, now)
        times.append((time.perf_counter() - began) * 1000)
    print(f"     a point: p50 {statistics.median(times):.2f} ms, p95 {sorted(times)[int(len(times) * 0.95)]:.2f} ms")
    database.close()
    with timed("a day passes"):
        owner.run("select crm.slide_leaderboard(:now)", now=now + timedelta(days=1))
    kept = owner.run("select period, score, people from crm.leaderboard_scores where people <> 0 order by 1, 2")
    with timed("rebuild"):
        owner.run("select crm.rebuild_leaderboard(:now)", now=now + timedelta(days=1))
    rebuilt = owner.run("select period, score, people from crm.leaderboard_scores where people <> 0 order by 1, 2")
    print("what was kept is what a rebuild makes:", kept == rebuilt)


if __name__ == "__main__":
    main()
