"""How quick the leaderboard is with so many users and ten times as many points, and what keeping it costs.

    python -m benchmarks.leaderboard [--users 10000,100000] [--points 10]

Compared are, in one interleaved run over the same sessions that functions use: the page as it is kept, the same page with
ranks counted from the standings, and the bare round trip. Then points, the passing of a day, and a rebuild from nothing,
whose outcome must be what was kept.
"""

from __future__ import annotations

import contextlib
import random
import statistics
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from benchmarks.databases import (
    database_url,
    own_cpu_ms,
    owner_of,
    percentiles,
    process_cpu_ms,
    server_cpu_ms,
    wall_ms,
)
from benchmarks.results import Limit, Row, Table, run
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.plumbing.postgres.sql import Query
from shared.viral import repository

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from benchmarks.databases import Clock

# Points are not spread evenly: each is given to the user at the cube of a random share of all, so that the best have
# thousands and many have one.
LOAD = (
    """
    insert into crm.users (issuer, subject, name, settings)
    select 'bench', n::text, 'User ' || n, case when n % 50 = 0 then '{}' else '{"leaderboard": true}' end::jsonb
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
KEPT = "select period, score, people from crm.leaderboard_scores where people <> 0 order by 1, 2"
SAMPLE = "select id from crm.users order by md5(id::text) limit 2000"
POINTS_GIVEN = 500
FLOOR = "round trip alone"
LIMITS = {name: Limit(5, metric="p95 ms") for name in ("first page", "deep page", "a point given")}
ROUND_TRIP = Query.parse("round_trip", "value", "select 1")


class Board:
    """A leaderboard of so many users, and the times of what is asked of it.

    Args:
        url: the database, as its owner.
        cpu: whether processor time is counted.
    """

    def __init__(self, url: str, *, cpu: bool) -> None:
        self.owner = owner_of(url)
        self.database = Database(Pool(connect_to_url(url), 1))
        self.now = datetime.now(UTC)
        self.times: dict[str, list[float]] = {}
        owner_pid = self.owner.run("select pg_backend_pid()")[0][0]
        with self.database.read(None) as tx:  # the one connection of the pool
            self.clock = server_cpu_ms(tx) if cpu else wall_ms
        self.owner_clock = (lambda: process_cpu_ms(owner_pid) + own_cpu_ms()) if cpu else wall_ms

    def close(self) -> None:
        """Ends the sessions."""
        self.database.close()
        self.owner.close()

    def fill(self, users: int, points: int) -> None:
        """Gives everybody points, in the place of those before, and makes the board from nothing."""
        known = {"users": users, "points": points, "now": self.now}
        for statement in LOAD:
            self.owner.run(statement, **{name: value for name, value in known.items() if f":{name}" in statement})
        with self.timed("a rebuild from nothing", self.owner_clock):
            self.owner.run("select crm.rebuild_leaderboard(:now)", now=self.now)
        self.owner.run("vacuum analyze crm.leaderboard")
        self.owner.run("vacuum analyze crm.leaderboard_scores")

    @contextlib.contextmanager
    def timed(self, label: str, clock: Clock) -> Iterator[None]:
        """Keeps what it takes."""
        began = clock()
        yield
        self.times.setdefault(label, []).append(clock() - began)

    def read(self, users: list[UUID], rounds: int) -> None:
        """Each way to read, one after the other in every round."""
        draw = random.Random(1)
        for number in range(rounds):
            user, period = draw.choice(users), draw.choice(["7d", "30d", "all"])
            with self.database.read(user) as tx:
                with self.timed(FLOOR, self.clock):
                    tx.value(ROUND_TRIP)
                with self.timed("first page", self.clock):
                    first = repository.leaderboard_page(tx, period, None, 20)
                if first[2]:
                    deep = (draw.randint(1, first[2][0]), UUID(int=draw.getrandbits(128)))
                    with self.timed("deep page", self.clock):
                        repository.leaderboard_page(tx, period, deep, 20)
            if number % 20 == 0:
                with self.timed("the page with ranks counted", self.owner_clock):
                    self.owner.run(COUNTED, period=period, user_id=user)

    def write(self, users: list[UUID]) -> None:
        """Points, the passing of a day, and whether what was kept is what a rebuild makes."""
        for user in users[:POINTS_GIVEN]:
            with self.timed("a point given", self.clock), self.database.transaction(None) as tx:
                repository.add_points(tx, [user], "invitation", uuid4().hex, self.now)
        tomorrow = self.now + timedelta(days=1)
        with self.timed("a day passes", self.owner_clock):
            self.owner.run("select crm.slide_leaderboard(:now)", now=tomorrow)
        kept = self.owner.run(KEPT)
        self.owner.run("select crm.rebuild_leaderboard(:now)", now=tomorrow)
        assert kept == self.owner.run(KEPT), "what was kept is not what a rebuild makes"

    def rows(self, size: int) -> Iterator[Row]:
        """The metrics; the ratio is to a bare round trip."""
        floor = statistics.median(self.times[FLOOR])
        for label, times in self.times.items():
            many = len(times) > 1
            metrics = percentiles(times) if many else {"p50 ms": times[0]}
            ratio = statistics.median(times) / floor if many and label != FLOOR else None
            yield Row(label, metrics, size, ratio=ratio, limit=LIMITS.get(label))


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--users", default="10000,100000")
    parser.add_argument("--points", type=int, default=10, help="points given for each user there is, on average")
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--cpu", action="store_true", help="processor time of the server's process and this one")


def measure(options: argparse.Namespace) -> list[Table]:
    """Every size in a database of its own."""
    rows: list[Row] = []
    for size in map(int, options.users.split(",")):
        with database_url() as url, contextlib.closing(Board(url, cpu=options.cpu)) as board:
            board.fill(size, size * options.points)
            users = [row[0] for row in board.owner.run(SAMPLE) or ()]
            board.read(users, options.rounds)
            board.write(users)
            rows += board.rows(size)
    return [Table("leaderboard", rows, floor=FLOOR, sizes="users")]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
