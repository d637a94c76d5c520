"""How quick introduction paths are found: the endpoint's query against the first design's recursive query and four graph libraries.

    python -m benchmarks.graph [--sizes 2000,10000,100000] [--pairs 60] [--rounds 3] [--plot graph.svg]

In one interleaved run over the same pairs, 2 to 4 hops apart, it prints milliseconds p50 / p95 / p99, how many times slower each is
than the query, and what else is asked of the graph: alternatives, the strongest path, the network around a contact, the whole HTTP
call. Every answer's hops are checked against the query's.

--cpu measures processor time (the server's process for the query, this one for a library), which a busy machine does not stretch.
--arrival writes the ties in the order in which they came instead of by contact. --indexes measures what the two indexes cost writing.
Without --database-url (an owner of an empty database) a server is started for the run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pg8000.native

from benchmarks.graph_ground import SEED_QUERY, Ties, load, made_up
from benchmarks.graph_peers import LIBRARIES, MOST_CONTACTS
from dev.processes import data_folder
from dev.servers import servers
from shared.database import Database
from shared.graph import repository
from shared.migrate import migrate
from shared.pool import Pool, connect_to_url, url_arguments
from shared.sql import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from benchmarks.graph_peers import Find
    from shared.database import Session

    Pair = tuple[int, int]
    Ask = Callable[[Pair], object]
    Clock = Callable[[], float]

PERCENTILES = (50, 95, 99)
# The first design's query never ends on large networks.
SEED_MOST_CONTACTS = 10_000
SEED_PAIRS = {2_000: 20, 10_000: 4}
SEED_TIMEOUT_S = 30
NETWORKS = (500, 5000)

BACKEND = Query.parse("backend", "value", "select pg_backend_pid()")
DISTANCE = Query.parse(
    "distance",
    "value",
    "select json_array_length(crm.find_paths(:a::uuid, :b::uuid, null, 4, false, 1)::json->'paths'->0->'strengths')",
)


@contextlib.contextmanager
def database_url(given: str | None) -> Iterator[str]:
    """The given database, or one of a server that lives as long as the run; migrated."""
    with contextlib.ExitStack() as stack:
        if given is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warmpath-bench-")))
            folder.chmod(0o711)
            stack.enter_context(data_folder(folder))
            postgres = stack.enter_context(servers(folder, redis=False, throwaway=True)).postgres
            assert postgres is not None
            given = postgres.url()
        with contextlib.closing(owner_of(given)) as owner:
            migrate(owner)
        yield given


def owner_of(url: str) -> pg8000.native.Connection:
    """A connection past row-level security, which waits as long as it takes."""
    return pg8000.native.Connection(**url_arguments(url) | {"timeout": None})


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

    def figures(self) -> list[float]:
        """Milliseconds at each of the percentiles."""
        return [float(value) for value in np.percentile(self.times, PERCENTILES)]


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


def wall_ms() -> float:
    """Time on the clock."""
    return time.perf_counter() * 1000


def own_cpu_ms() -> float:
    """Processor time of this process."""
    return time.process_time() * 1000


def server_cpu_ms(tx: Session) -> Clock:
    """Processor time of the server's process behind a session that keeps its connection, and of this one."""
    used = Path(f"/proc/{tx.value(BACKEND)}/schedstat")
    return lambda: int(used.read_text().split()[0]) / 1e6 + own_cpu_ms()


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
                by_strength=by_strength, wanted=wanted, budget_s=10,
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


def measure(url: str, ties: Ties, options: argparse.Namespace) -> dict[str, list[float]]:
    """Runs everything for one network, prints its table, and tells the figures by contestant."""
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
        racing = [Contestant("the query", network.path(), clock)]
        if with_seed:
            seed = stack.enter_context(contextlib.closing(owner_of(url)))
            seed.run(f"set statement_timeout = '{SEED_TIMEOUT_S}s'")
            # the client waits only: wall clock is all that can be said of it, and it is cut off
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
    print_table(ties.count, racing, others)
    return {contestant.name: contestant.figures() for contestant in racing + others}


def print_table(count: int, racing: list[Contestant], others: list[Contestant]) -> None:
    """One table for a network, in Markdown."""
    base = racing[0].figures()
    print(
        f"\n## {count:,} contacts\n\n| | ms p50 / p95 / p99 | times the query (p50, p95) | wrong |\n|---|---|---|---|"
    )
    for contestant in racing + others:
        figures = contestant.figures()
        ratio = f"{figures[0] / base[0]:,.0f} · {figures[1] / base[1]:,.0f}" if contestant in racing[1:] else ""
        shown = " / ".join(f"{value:,.2f}" if value < 100 else f"{value:,.0f}" for value in figures)
        print(f"| {contestant.name} | {shown} | {ratio} | {contestant.wrong or ''} |", flush=True)


def measure_indexes(url: str, ties: Ties) -> None:
    """Prints what the two indexes by strength cost a writer: the same rows with the key alone, and with all three."""
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
            took, size = wall_ms() - started, owner.run("select pg_total_relation_size('public.written') / 2 ^ 20")
            print(
                f"{'three indexes' if indexed else 'the key alone'}: {2 * len(ties.first) / took * 1000:,.0f} rows/s, {size[0][0]:,.0f} MB"
            )
        owner.run("drop table public.written")


def plot(figures: dict[int, dict[str, list[float]]], path: Path) -> None:
    """Draws p95 over the number of contacts, both logarithmic: the race, and what else is asked of the graph."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.fonttype"] = "none"  # text stays text
    names = {name: None for size in figures.values() for name in size}
    race = ["the query", *(name for name in names if name in LIBRARIES or name == "first design")]
    canvas, panels = plt.subplots(1, 2, figsize=(11, 4.2), sharey=True, layout="constrained")
    for axes, title, shown in (
        (panels[0], "Fewest hops, within 4", race),
        (panels[1], "Everything else", ["the query", *(name for name in names if name not in race)]),
    ):
        ends: list[float] = []
        for name in shown:
            sizes = [size for size in figures if name in figures[size]]
            times = [figures[size][name][1] for size in sizes]
            own = name == "the query"
            (line,) = axes.plot(sizes, times, color="#1a6fe8" if own else None, linewidth=3 if own else 1.3, marker=".")
            crowded = sum(0.8 < times[-1] / end < 1.25 for end in ends)  # names must not lie on each other
            ends.append(times[-1])
            axes.annotate(
                name, (sizes[-1], times[-1]), (6, -9 * crowded), textcoords="offset points", va="center", size=8,
                color=line.get_color(), weight="bold" if own else "normal",
            )  # fmt: skip
        axes.set(
            xscale="log", yscale="log", xlabel="contacts", title=title, xlim=(min(figures) / 1.3, max(figures) * 9)
        )
        axes.grid(visible=True, which="major", linewidth=0.4, alpha=0.5)
        axes.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("ms, 95 of 100 answers within")
    canvas.savefig(path, metadata={"Date": None})


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="2000,10000,100000")
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--library-pairs", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database-url")
    parser.add_argument("--arrival", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--indexes", action="store_true")
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    figures: dict[int, dict[str, Any]] = {}
    with database_url(options.database_url) as url:
        for size in map(int, options.sizes.split(",")):
            ties = made_up(size)
            if options.indexes:
                measure_indexes(url, ties)
            else:
                figures[size] = measure(url, ties, options)
    if options.plot and figures:
        plot(figures, options.plot)


if __name__ == "__main__":
    main()
