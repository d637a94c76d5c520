"""How much slower a path is found through a team than in one's own address book.

    python -m benchmarks.team [--teams 10x10000,50x2000] [--world 5] [--everybody] [--targets 60] [--rounds 3] [--cpu]

Each user's book is a network as that of `benchmarks.graph`, of people drawn from a world that is `--world` times as large: with 5, a
person is in every fifth book, with 1 in all of them. Users are tied to as many people as the best-connected of their contacts, with
--everybody to all of them. In one interleaved run over the same people it prints milliseconds p50 / p95 of the caller's own
search, of the same question with the team, and of people whom the caller does not know; and how many times the first each is, at p95.
"""

from __future__ import annotations

import contextlib
import random
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.databases import database_url, owner_of, percentiles, server_cpu_ms, wall_ms
from benchmarks.graph import Contestant
from benchmarks.graph_ground import made_up
from benchmarks.results import Limit, Row, Table, run
from shared.graph import repository
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from uuid import UUID

    import pg8000.native

    from benchmarks.graph import Ask
    from shared.plumbing.postgres.database import Session

CONTACTS = """
    insert into crm.contacts (user_id, no, name, email, company, title, is_self)
    select cast(:u as uuid), n.no, 'Person ' || n.person, case when n.no <> :me then 'p' || n.person || '@example.com' end,
        'Company ' || n.person % 500, 'Head of things', n.no = :me
    from unnest(cast(:people as integer[])) with ordinality n (person, no)
"""
# What the team may cost at most.
LIMIT = Limit(3)
MODES: dict[str, tuple[bool, int]] = {
    "shortest": (False, 1),
    "shortest, 3 paths": (False, 3),
    "strongest": (True, 1),
    "strongest, 3 paths": (True, 3),
}


@dataclass(frozen=True)
class Team:
    """Users who share their ties, the caller first.

    Attributes:
        caller: the first user.
        books: people by user; the number of a contact is its place, from 1 on.
    """

    caller: UUID
    books: list[np.ndarray]


def load(owner: pg8000.native.Connection, users: int, contacts: int, *, world: int, everybody: bool) -> Team:
    """Makes a team of users with books of their own."""
    ties = made_up(contacts)
    degrees = np.bincount(np.concatenate([ties.first, ties.second]), minlength=contacts + 1)
    self_no = int(degrees.argmax())
    draw = np.random.default_rng(users)
    team_id, books, ids = uuid.uuid4(), [], []
    owner.run("insert into crm.teams values (:id, 'bench', now())", id=team_id)
    for user in range(users):
        user_id = uuid.uuid4()
        # every user has another order of people in a network of the same form
        people = draw.choice(contacts * world, contacts, replace=False)
        owner.run("begin")
        owner.run(
            "insert into crm.users (id, issuer, subject, email) values (:u, 'bench', :s, :e)",
            u=user_id, s=f"team {user_id}", e=f"user{user}@bench.example",
        )  # fmt: skip
        owner.run("insert into crm.team_members values (:u, :t, true, now(), :me)", u=user_id, t=team_id, me=self_no)
        owner.run(CONTACTS, u=user_id, people=people.tolist(), me=self_no)
        owner.run(
            "copy crm.relationships (user_id, from_no, to_no, strength) from stdin",
            stream=_rows(user_id, ties.first, ties.second, draw.integers(1, 101, len(ties.first))),
        )
        if everybody:
            owner.run(
                """insert into crm.relationships (user_id, from_no, to_no, strength)
                select :u, d.a, d.b, 0.5 from generate_series(1, :c) n
                cross join lateral (values (:s, n), (n, :s)) d (a, b) where n <> :s on conflict do nothing""",
                u=user_id, c=contacts, s=self_no,
            )  # fmt: skip
        owner.run("commit")
        books.append(people)
        ids.append(user_id)
    owner.run("vacuum (analyze) crm.relationships")
    owner.run("vacuum (analyze) crm.contacts")
    owner.run("analyze crm.team_members")
    return Team(ids[0], books)


def _rows(user_id: UUID, first: np.ndarray, second: np.ndarray, strength: np.ndarray) -> Iterator[bytes]:
    rows = zip(first.tolist(), second.tolist(), strength.tolist(), strict=True)
    yield "".join(f"{user_id}\t{a}\t{b}\t{s / 100}\n{user_id}\t{b}\t{a}\t{s / 100}\n" for a, b, s in rows).encode()


class Question:
    """One way to ask about people: by their ids of the caller, or by address.

    Args:
        tx: a session of the caller.
        ids: the caller's contacts by person.
    """

    def __init__(self, tx: Session, ids: dict[int, UUID]) -> None:
        self._tx, self._ids = tx, ids

    def alone(self, mode: str) -> Ask:
        """In one's own book."""
        by_strength, wanted = MODES[mode]
        return lambda pair: repository.find_paths(
            self._tx, None, to_id=self._ids[pair[0]], to_company=None, max_hops=4, ordering="strongest" if by_strength else "shortest",
            wanted=wanted, budget_s=10,
        )  # fmt: skip

    def with_team(self, mode: str, *, known: bool) -> Ask:
        """Through the team as well: the same person, or the second of the pair, who is in books of colleagues only."""
        by_strength, wanted = MODES[mode]
        return lambda pair: repository.find_team_paths(
            self._tx, to_id=self._ids[pair[0]] if known else None, to_email=None if known else f"p{pair[1]}@example.com",
            to_profile=None, max_hops=4, ordering="strongest" if by_strength else "shortest", wanted=wanted, budget_s=10,
        )  # fmt: skip


def measure_team(url: str, users: int, contacts: int, options: argparse.Namespace) -> Table:
    """Runs everything for one team."""
    database = Database(Pool(connect_to_url(url), 1))
    with contextlib.ExitStack() as stack:
        stack.callback(database.close)
        owner = stack.enter_context(contextlib.closing(owner_of(url)))
        team = load(owner, users, contacts, world=options.world, everybody=options.everybody)
        rows = owner.run("select no, id from crm.contacts where user_id = :u and not is_self", u=team.caller)
        ids = {int(team.books[0][no - 1]): contact_id for no, contact_id in rows or ()}
        tx = stack.enter_context(database.transaction(team.caller, timeout_s=600))
        clock = server_cpu_ms(tx) if options.cpu else wall_ms
        others = sorted({int(person) for book in team.books[1:] for person in book} - set(ids)) or sorted(ids)
        draw = random.Random(1)
        pairs = [(draw.choice(sorted(ids)), draw.choice(others)) for _ in range(options.targets)]
        question, contestants = Question(tx, ids), {}
        for mode in MODES:
            contestants[mode] = [
                Contestant("alone", question.alone(mode), clock),
                Contestant("the same with the team", question.with_team(mode, known=True), clock),
                Contestant("somebody of the team's", question.with_team(mode, known=False), clock),
            ]
        racing = [contestant for group in contestants.values() for contestant in group]
        for turn in range(options.rounds + 1):
            for pair in pairs:
                for contestant in draw.sample(racing, len(racing)):
                    contestant.answer(pair, None, count=turn > 0)
    rows = []
    for mode, group in contestants.items():
        base = percentiles(group[0].times)["p95 ms"]
        for contestant in group:
            metrics = percentiles(contestant.times)
            ratio = metrics["p95 ms"] / base if contestant is not group[0] else None
            rows.append(Row(f"{mode}: {contestant.name}", metrics, ratio=ratio, limit=LIMIT if ratio else None))
    return Table(f"{users} users with {contacts:,} contacts", rows, floor="alone, at p95")


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much, and what."""
    parser.add_argument("--teams", default="10x10000,50x2000")
    parser.add_argument("--world", type=int, default=5)
    parser.add_argument("--everybody", action="store_true")
    parser.add_argument("--targets", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database-url")
    parser.add_argument("--cpu", action="store_true")


def measure(options: argparse.Namespace) -> list[Table]:
    """Every team, one after the other."""
    with database_url(options.database_url) as url:
        teams = [team.partition("x") for team in options.teams.split(",")]
        return [measure_team(url, int(users), int(contacts), options) for users, _, contacts in teams]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
