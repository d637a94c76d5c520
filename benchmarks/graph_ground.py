"""Made-up networks for the benchmark of the graph: power-law degrees, about 20 ties a contact, from a fixed seed; and the seed design's table."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pg8000.native

MEAN_TIES = 20
EXPONENT = 2.3
# One contact in a hundred is in no network: pairs that know only each other.
APART = 100
_ROWS_PER_CHUNK = 100_000

CONTACTS = """
    insert into crm.contacts (user_id, no, name, email, company, title, tags, is_self)
    select :user_id::uuid, i, 'Person ' || i || ' of the graph', 'p' || i || '@example.com',
        'Company ' || (i::bigint * 7919 % (:count::integer / 20 + 1)), 'Head of things', array['tag' || i % 7], i = 1
    from generate_series(1, :count::integer) i
"""
# What the first design of the product had: one table with UUIDs and a numeric, found by its pair, searched by a recursive query that
# follows every path of up to four hops. `::numeric` is the mend without which Postgres refuses it.
SEED_TABLE = """
    create table if not exists public.seed_relationships (
        user_id uuid, from_contact uuid, to_contact uuid, strength numeric(3, 2) default 0.5, primary key (from_contact, to_contact))
"""
SEED_ROWS = """
    insert into public.seed_relationships
    select r.user_id, f.id, t.id, greatest(r.strength, 0.01)::numeric(3, 2)
    from crm.relationships r
    join crm.contacts f on f.user_id = r.user_id and f.no = r.from_no join crm.contacts t on t.user_id = r.user_id and t.no = r.to_no
    where r.user_id = :user_id::uuid
"""
SEED_QUERY = """
    with recursive paths as (
        select array[r.from_contact, r.to_contact] as path, r.to_contact as last, 1 as hops, r.strength::numeric as total
        from public.seed_relationships r where r.user_id = :user_id::uuid and r.from_contact = :source::uuid
        union all
        select p.path || r.to_contact, r.to_contact, p.hops + 1, p.total * r.strength
        from paths p join public.seed_relationships r on r.from_contact = p.last
        where p.hops < 4 and r.to_contact <> all (p.path))
    select path, total from paths where last = :target::uuid order by hops, total desc limit 1
"""


@dataclass(frozen=True)
class Ties:
    """A network of mutual ties between contacts 1 to `count`, each pair once; `strength` in hundredths."""

    count: int
    first: np.ndarray
    second: np.ndarray
    strength: np.ndarray

    @property
    def user_id(self) -> uuid.UUID:
        """Whose network this is in the database."""
        return uuid.uuid5(uuid.NAMESPACE_DNS, f"{self.count}.graph.benchmark")


def made_up(count: int) -> Ties:
    """A configuration model: half-ties drawn by degree, joined at random."""
    draw = np.random.default_rng(count)
    share = draw.random(count)
    low, high = 0.1, float(MEAN_TIES)
    for _ in range(60):  # the least degree for which the mean is as wanted
        least = (low + high) / 2
        mean = np.maximum(_degrees(share, least, count), 1).mean()
        low, high = (least, high) if mean < MEAN_TIES * 1.02 else (low, least)
    degrees = np.maximum(_degrees(share, high, count), 1)
    apart = count // APART // 2 * 2
    degrees[:apart] = 0
    halves = np.repeat(np.arange(1, count + 1), degrees)
    draw.shuffle(halves)
    halves = halves[: len(halves) // 2 * 2]
    alone = np.arange(1, apart + 1)
    first, second = np.append(halves[::2], alone[::2]), np.append(halves[1::2], alone[1::2])
    keys = np.unique(np.minimum(first, second) * (count + 1) + np.maximum(first, second))
    first, second = keys // (count + 1), keys % (count + 1)
    different = first != second
    first, second = first[different], second[different]
    order = draw.permutation(len(first))
    return Ties(count, first[order], second[order], draw.integers(1, 101, len(order)))


def _degrees(share: np.ndarray, least: float, count: int) -> np.ndarray:
    return np.minimum(least * (1 - share) ** (-1 / (EXPONENT - 1)), count**0.613).astype(int)


def load(owner: pg8000.native.Connection, ties: Ties, *, arrival: bool, seed: bool) -> None:
    """Puts a network in the database, unless it is there.

    Args:
        owner: a connection past row-level security.
        ties: the network.
        arrival: write the ties in the order in which they came, not by contact: what a table looks like after years.
        seed: also into the seed design's table.
    """
    user_id = str(ties.user_id)
    if not owner.run("select 1 from crm.users where id = :u", u=user_id):
        owner.run("begin")
        owner.run(
            "insert into crm.users (id, issuer, subject) values (:u, 'bench', :s)", u=user_id, s=f"graph {ties.count}"
        )
        owner.run(CONTACTS, user_id=user_id, count=ties.count)
        owner.run(
            "copy crm.relationships (user_id, from_no, to_no, strength) from stdin", stream=_rows(ties, arrival=arrival)
        )
        owner.run("commit")
        owner.run("vacuum (analyze) crm.relationships")
        owner.run("vacuum (analyze) crm.contacts")
    if seed:
        owner.run(SEED_TABLE)
        if not owner.run("select 1 from public.seed_relationships where user_id = :u limit 1", u=user_id):
            owner.run(SEED_ROWS, user_id=user_id)
            owner.run("vacuum (analyze) public.seed_relationships")


def _rows(ties: Ties, *, arrival: bool) -> Iterator[bytes]:
    from_no = np.stack([ties.first, ties.second], 1).ravel()
    to_no = np.stack([ties.second, ties.first], 1).ravel()
    strength = np.repeat(ties.strength, 2)
    if not arrival:
        order = np.lexsort((to_no, from_no))
        from_no, to_no, strength = from_no[order], to_no[order], strength[order]
    for start in range(0, len(from_no), _ROWS_PER_CHUNK):
        part = slice(start, start + _ROWS_PER_CHUNK)
        rows = zip(from_no[part].tolist(), to_no[part].tolist(), strength[part].tolist(), strict=True)
        yield "".join(f"{ties.user_id}\t{a}\t{b}\t{s / 100}\n" for a, b, s in rows).encode()
