from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterable

    import pg8000.native

    from shared.plumbing.postgres.database import Database


class Graph:
    """Contacts and ties of one user, put into the tables directly."""

    def __init__(self, owner: pg8000.native.Connection, user_id: uuid.UUID) -> None:
        self.owner = owner
        self.user_id = user_id
        self.ids: dict[int, uuid.UUID] = {}
        self.numbers: dict[int, int] = {}

    def add_contacts(self, count: int, *, company: Callable[[int], str | None] = lambda _: None) -> None:
        """Contacts 0 to `count` - 1."""
        rows = self.owner.run(
            """insert into crm.contacts (user_id, name, company)
            select :user_id, n.name, n.company from unnest(cast(:names as text[]), cast(:companies as text[])) with ordinality n(name, company, i)
            order by n.i returning id, no, name""",
            user_id=self.user_id,
            names=[f"Person {number}" for number in range(count)],
            companies=[company(number) for number in range(count)],
        )
        for contact_id, no, name in rows:
            number = int(name.removeprefix("Person "))
            self.ids[number], self.numbers[number] = contact_id, no

    def set_ties(self, ties: Iterable[tuple[int, int, float]]) -> None:
        """Directed ties between contacts by number; nothing else is left."""
        self.owner.run("delete from crm.relationships where user_id = :user_id", user_id=self.user_id)
        ties = list(ties)
        self.owner.run(
            """insert into crm.relationships (user_id, from_no, to_no, strength)
            select :user_id, * from unnest(cast(:a as integer[]), cast(:b as integer[]), cast(:s as real[]))""",
            user_id=self.user_id,
            a=[self.numbers[a] for a, _, _ in ties],
            b=[self.numbers[b] for _, b, _ in ties],
            s=[s for _, _, s in ties],
        )
        strengths = {(a, b): s for a, b, s in ties}
        self.owner.run(
            "update crm.users set one_way_ties = :differ where id = :user_id",
            user_id=self.user_id,
            differ=any(strengths.get((b, a)) != s for (a, b), s in strengths.items()),
        )

    def number_of(self, contact_id: str) -> int:
        """The contact's number here."""
        return next(number for number, known in self.ids.items() if str(known) == contact_id)


@pytest.fixture
def graph(owner: pg8000.native.Connection, user_id: uuid.UUID) -> Graph:
    return Graph(owner, user_id)


@pytest.fixture
def paths(database: Database, graph: Graph) -> Callable[..., list[tuple[tuple[int, ...], float]]]:
    """Asks the repository, and answers with paths of numbers and their products."""
    from shared.graph import repository

    def ask(source, target=None, *, company=None, max_hops=6, by_strength=False, ordering=None, wanted=1):
        with database.read(graph.user_id) as tx:
            answer = repository.find_paths(
                tx,
                graph.ids[source],
                to_id=None if target is None else graph.ids[target],
                to_company=company,
                max_hops=max_hops,
                ordering=ordering or ("strongest" if by_strength else "shortest"),
                wanted=wanted,
                budget_s=60,
            )
        back = {str(contact_id): number for number, contact_id in graph.ids.items()}
        document = json.loads(answer)
        assert "partial" not in document
        for path in document["paths"]:
            assert path["hops"] == len(path["contacts"]) - 1 == len(path["strengths"])
        worth = "likelihood" if ordering == "likely" else "strength"
        return [(tuple(back[contact["id"]] for contact in path["contacts"]), path[worth]) for path in document["paths"]]

    return ask


@pytest.fixture
def cramped_paths(owner: pg8000.native.Connection, graph: Graph) -> Callable[..., list[tuple[tuple[int, ...], float]]]:
    """The inner search with hardly any room and a low first ceiling, so that small networks take many rounds, too."""

    def ask(source, target, *, least_hops=1, max_hops=6, wanted=1, room=1, guess=1):
        rows = owner.run(
            """select path, cost from crm.cheapest_paths(:user_id, :source, array[cast(:target as integer)], :least, :most, :wanted, 0,
                clock_timestamp() + interval '60 s', '{}', guess => :guess, room => :room)""",
            user_id=graph.user_id,
            source=graph.numbers[source],
            target=graph.numbers[target],
            least=least_hops,
            most=max_hops,
            wanted=wanted,
            room=room,
            guess=guess,
        )
        back = {no: number for number, no in graph.numbers.items()}
        return [(tuple(back[no] for no in path), math.exp(-cost / 2**24)) for path, cost in rows]

    return ask
