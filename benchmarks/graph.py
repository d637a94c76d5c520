"""How quick introduction paths are found: the endpoint's query against the first design's recursive query and four graph libraries.

    python -m benchmarks.graph [--sizes 2000,10000,100000] [--pairs 60] [--rounds 3]

In one interleaved run over the same pairs, 2 to 4 hops apart, it prints milliseconds p50 / p95, how many times slower each is
than the query at the median, and what else is asked of the graph: alternatives, the strongest path, the network around a contact, the whole HTTP
call. Every answer's hops are checked against the query's.

--cpu measures processor time (the server's process for the query, this one for a library), which a busy machine does not stretch.
--arrival writes the ties in the order in which they came instead of by contact. --indexes measures what the two indexes cost writing.
Without --database-url (an owner of an empty database) a server is started for the run.
"""

from __future__ import annotations

import contextlib
import json
import random
from typing import TYPE_CHECKING

import pg8000.native

from benchmarks.databases import database_url, own_cpu_ms, owner_of, percentiles, server_cpu_ms, wall_ms
from benchmarks.graph_ground import SEED_QUERY, Ties, load, made_up
from benchmarks.graph_peers import LIBRARIES, MOST_CONTACTS
from benchmarks.results import Row, Table, run
from shared.graph import repository
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.plumbing.postgres.sql import Query

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from uuid import UUID

    from benchmarks.databases import Clock
    from benchmarks.graph_peers import Find
    from shared.plumbing.postgres.database import Session

    Pair = tuple[int, int]
    Ask = Callable[[Pair], object]

QUERY = "the query"
RACE = "fewest hops, within 4"
OTHERS = "everything else"
# The first design's query never ends on large networks.
SEED_MOST_CONTACTS = 10_000
SEED_PAIRS = {2_000: 20, 10_000: 4}
SEED_TIMEOUT_S = 30
NETWORKS = (500, 5000)

DISTANCE = Query.parse(
    "distance",
    "value",
    "select json_array_length(crm.find_paths(:a::uuid, :b::uuid, null, 4, false, 1)::json->'paths'->0->'strengths')",
)


class Contestant:
    """One way to answer a question, its times, and the hops it told.

    Attributes:
        name: in the table.
        ask: answers for a pair.
        clock: milliseconds that count.
        times: one for each answer.
    """

    def __init__(self, name: str, ask: Ask, clock: Clock, pairs: int | None = None) -> None:
        self.name, self.ask, self.clock, self.pairs = name, ask, clock, pairs
        self.times: list[float] = []
        self.wrong = 0

    def answer(self, pair: Pair, expected: int | None, *, count: bool) -> None:
        """Asks once."""
        started = self.clock()
        told = self.ask(pair)
        took = self.clock() - started
        if count:
            self.times.append(took)
        if isinstance(told, int) and expected is not None and told != expected:
            self.wrong += 1

    def row(self, size: int | None, base: float | None) -> Row:
        """Its metrics, and how many times the base, if there is one, its median is.

        Raises:
            AssertionError: hops that were not the query's.
        """
        assert not self.wrong, f"{self.name}: {self.wrong} answers with other hops than the query's"
        metrics = percentiles(self.times)
        return Row(self.name, metrics, size, ratio=None if base is None else metrics["p50 ms"] / base)


def interleaved(contestants: list[Contestant], pairs: dict[Pair, int], rounds: int) -> None:
    """Asks everybody the same in an order drawn for each pair; the first round only warms up."""
    for turn in range(rounds + 1):
        for index, (pair, hops) in enumerate(pairs.items()):
            for contestant in random.sample(contestants, len(contestants)):
                if contestant.pairs is None or (index < contestant.pairs and turn <= 1):
                    contestant.answer(pair, hops, count=turn > 0)


def unpacked(find: Find) -> Ask:
    """A library's way to ask, for a pair."""
    return lambda pair: find(*pair)


class Network:
    """A network in the database, as its user asks about it.

    Attributes:
        ties: the network.
        ids: of the contacts, by number.
    """

    def __init__(self, owner: pg8000.native.Connection, ties: Ties, tx: Session) -> None:
        self.ties, self._tx = ties, tx
        rows = owner.run("select no, id from crm.contacts where user_id = :u", u=str(ties.user_id))
        self.ids: dict[int, UUID] = {row[0]: row[1] for row in rows or ()}

    def pairs(self, count: int) -> dict[Pair, int]:
        """Random pairs, as many 2, 3 and 4 hops apart, with their distance."""
        draw, wanted = random.Random(1), dict.fromkeys((2, 3, 4), count // 3)
        near = {int(no): int(other) for no, other in zip(self.ties.first, self.ties.second, strict=True)}
        found: dict[Pair, int] = {}
        while any(wanted.values()):
            source, target = draw.randint(1, self.ties.count), draw.randint(1, self.ties.count)
            if wanted[2] and draw.random() < 0.5:
                target = near.get(near.get(source, target), target)  # mostly two hops away
            hops = self._tx.value(DISTANCE, a=self.ids[source], b=self.ids[target]) if source != target else None
            if hops and wanted.get(hops):
                wanted[hops] -= 1
                found[source, target] = hops
        return dict(draw.sample(list(found.items()), len(found)))

    def path(self, max_hops: int = 4, *, by_strength: bool = False, wanted: int = 1) -> Ask:
        """The endpoint's query; tells the hops of the first path."""

        def ask(pair: Pair) -> object:
            answer = repository.find_paths(
                self._tx, self.ids[pair[0]], to_id=self.ids[pair[1]], to_company=None, max_hops=max_hops,
                ordering="strongest" if by_strength else "shortest", wanted=wanted, budget_s=10,
            )  # fmt: skip
            return None if by_strength else json.loads(answer)["paths"][0]["hops"]

        return ask

    def around(self, limit: int) -> Ask:
        """The network of two hops around the first of a pair."""
        return lambda pair: repository.find_network(self._tx, self.ids[pair[0]], depth=2, limit=limit, min_strength=0)

    def seed_path(self, seed: pg8000.native.Connection) -> Ask:
        """The first design's query, mended."""
        statement = seed.prepare(SEED_QUERY)

        def ask(pair: Pair) -> object:
            try:
                rows = statement.run(
                    user_id=str(self.ties.user_id), source=str(self.ids[pair[0]]), target=str(self.ids[pair[1]])
                )
            except pg8000.exceptions.DatabaseError:
                return None  # out of time
            return len(rows[0][0]) - 1

        return ask


def measure_network(url: str, ties: Ties, options: argparse.Namespace) -> tuple[list[Contestant], list[Contestant]]:
    """Runs everything for one network: the race for the shortest path, the query first; and what else is asked."""
    with_seed = ties.count <= SEED_MOST_CONTACTS
    database = Database(Pool(connect_to_url(url), 2))
    with contextlib.ExitStack() as stack:
        stack.callback(database.close)
        owner = stack.enter_context(contextlib.closing(owner_of(url)))
        load(owner, ties, arrival=options.arrival, seed=with_seed)
        tx = stack.enter_context(database.transaction(ties.user_id, timeout_s=600))
        clock = server_cpu_ms(tx) if options.cpu else wall_ms
        network = Network(owner, ties, tx)
        pairs = network.pairs(options.pairs)
        racing = [Contestant(QUERY, network.path(), clock)]
        if with_seed and not options.cpu:
            seed = stack.enter_context(contextlib.closing(owner_of(url)))
            seed.run(f"set statement_timeout = '{SEED_TIMEOUT_S}s'")
            # it is cut off: wall clock is all that can be said of it
            racing.append(Contestant("first design", network.seed_path(seed), wall_ms, SEED_PAIRS.get(ties.count, 20)))
        racing += [
            Contestant(name, unpacked(make(ties)), own_cpu_ms if options.cpu else wall_ms, options.library_pairs)
            for name, make in LIBRARIES.items()
            if options.library_pairs and ties.count <= MOST_CONTACTS[name]
        ]
        interleaved(racing, pairs, options.rounds)
        others = [
            Contestant("shortest, 11 within 6 hops", network.path(6, wanted=11), clock),
            Contestant("strongest within 6 hops", network.path(6, by_strength=True), clock),
            Contestant("strongest, 11 within 6 hops", network.path(6, by_strength=True, wanted=11), clock),
            *(Contestant(f"network of {limit:,}, 2 hops", network.around(limit), clock, 20) for limit in NETWORKS),
        ]
        interleaved(others, pairs, options.rounds)
    return racing, others


def measure_indexes(url: str, ties: Ties) -> Table:
    """What the two indexes by strength cost a writer: the same rows with the key alone, and with all three."""
    rows = []
    with contextlib.closing(owner_of(url)) as owner:
        load(owner, ties, arrival=False, seed=False)
        for indexed in (False, True, False, True):
            owner.run("drop table if exists public.written")
            owner.run("create table public.written (like crm.relationships including generated)")
            owner.run("alter table public.written add primary key (user_id, from_no, to_no) include (cost)")
            if indexed:
                owner.run("create index on public.written (user_id, from_no, cost) include (to_no)")
                owner.run("create index on public.written (user_id, to_no, cost) include (from_no)")
            started = wall_ms()
            owner.run(
                """insert into public.written (user_id, from_no, to_no, strength)
                select user_id, from_no, to_no, strength from crm.relationships where user_id = :u order by from_no, to_no""",
                u=str(ties.user_id),
            )
            rate = 2 * len(ties.first) / (wall_ms() - started) * 1000
            size_mb = owner.run("select pg_total_relation_size('public.written') / 2 ^ 20")[0][0]
            rows.append(Row("three indexes" if indexed else "the key alone", {"rows/s": rate, "MB": size_mb}))
        owner.run("drop table public.written")
    return Table(f"writing the ties of {ties.count:,} contacts", rows)


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much, and what."""
    parser.add_argument("--sizes", default="2000,10000,100000")
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--library-pairs", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database-url")
    parser.add_argument("--arrival", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--indexes", action="store_true")


def measure(options: argparse.Namespace) -> list[Table]:
    """Every size, one after the other."""
    with database_url(options.database_url) as url:
        networks = [made_up(int(size)) for size in options.sizes.split(",")]
        if options.indexes:
            return [measure_indexes(url, ties) for ties in networks]
        race = Table(RACE, [], floor=QUERY, sizes="contacts", more=True)
        others = Table(OTHERS, [], floor=QUERY, sizes="contacts")
        for ties in networks:
            print(f"{ties.count:,} contacts ...", flush=True)
            racing, rest = measure_network(url, ties, options)
            base = percentiles(racing[0].times)["p50 ms"]
            race.rows.append(racing[0].row(ties.count, None))
            race.rows.extend(contestant.row(ties.count, base) for contestant in racing[1:])
            others.rows.extend(contestant.row(ties.count, base) for contestant in rest)
    return [race, others]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
