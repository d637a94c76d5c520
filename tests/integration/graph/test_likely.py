"""Paths in the order of the chance that the introduction comes about, against brute force, and what is said of them."""

from __future__ import annotations

import itertools
import json
import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.graph import repository
from shared.interactions.repository import QUERIES
from tests.integration.graph.reference import every_path
from tests.integration.graph.test_paths import PEOPLE, networks

RATES = {
    "fresh": 0.36, "asked_lately": 0.25, "asked_often": 0.14, "postponed": 0.11, "silent": 0.1, "declined": 0.07, "unavailable": 0.001,
}  # fmt: skip
# What makes somebody of the class: what they answered, and how many days ago.
ANSWERS: dict[str, list[tuple[str | None, int]]] = {
    "fresh": [("accept", 60)], "asked_lately": [("accept", 3)], "asked_often": [("accept", 9), (None, 3)],
    "postponed": [("not_now", 80)], "silent": [("expired", 300)], "declined": [("decline", 300)], "unavailable": [("never", 4000)],
}  # fmt: skip


@pytest.fixture
def people(graph):
    graph.add_contacts(PEOPLE, company=lambda number: "Acme" if number in {3, 5, 8} else None)
    return graph


@pytest.fixture
def rates(owner):
    """Sets the rates of the installation; they are as they were afterwards."""

    def put(by_class):
        owner.run(
            "update crm.answer_rates r set rate = n.rate from unnest(cast(:names as text[]), cast(:rates as float8[])) n(name, rate) where r.readiness = n.name",
            names=list(by_class), rates=list(by_class.values()),
        )  # fmt: skip

    yield put
    put(RATES)


@pytest.fixture
def answered(owner, graph):
    """Writes what people answered before: their class by number."""

    def put(classes):
        owner.run("delete from crm.introductions where user_id = :u", u=graph.user_id)
        for number, name in classes.items():
            for decision, days in ANSWERS[name]:
                owner.run(
                    """with asked as (
                        insert into crm.introductions (user_id, target_id, status, message, created_at, updated_at)
                        values (:u, gen_random_uuid(), 'withdrawn', 'hello', :at, :at) returning id)
                    insert into crm.introduction_steps (introduction_id, position, user_id, role, contact_id, name, asked_at, expires_at, decision, decided_at)
                    select id, 1, :u, 'connector', :contact, 'somebody', :at, :at, :decision, cast(:decided as timestamptz) from asked""",
                    u=graph.user_id, contact=graph.ids[number], decision=decision,
                    at=datetime.now(UTC) - timedelta(days=days), decided=datetime.now(UTC) - timedelta(days=days) if decision else None,
                )  # fmt: skip

    return put


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    ties=networks(),
    goal=st.sampled_from([1, 1, 1, "Acme"]),
    classes=st.dictionaries(st.integers(1, PEOPLE - 1), st.sampled_from(sorted(RATES)), max_size=4),
    fresh=st.sampled_from([0.36, 0.36, 0.99, 0.05]),
    max_hops=st.integers(1, 6),
    wanted=st.sampled_from([1, 1, 2, 3, 6, 11]),
)
def test_likely_paths_are_the_likeliest_of_all_simple_paths_in_order(
    people, paths, rates, answered, ties, goal, classes, fresh, max_hops, wanted
):
    people.set_ties((a, b, s) for (a, b), s in ties.items())
    scaled = {name: rate * fresh / RATES["fresh"] for name, rate in RATES.items()}
    rates(scaled)
    answered(classes)

    def likelihood(path):
        chances = (scaled[classes.get(number, "fresh")] for number in path[1:])
        return math.prod(ties[tie] for tie in itertools.pairwise(path)) * math.prod(chances)

    found = every_path(ties, 0, {3, 5, 8} if goal == "Acme" else {goal}, max_hops)
    best = sorted((likelihood(path.path) for path in found), reverse=True)[:wanted]
    told = paths(
        0, **({"company": "acme"} if goal == "Acme" else {"target": goal}), max_hops=max_hops, wanted=wanted, ordering="likely"
    )  # fmt: skip

    assert [chance for _, chance in told] == pytest.approx(best, rel=1e-4)
    assert len({path for path, _ in told}) == len(told), "no path twice"
    for path, chance in told:
        assert len(set(path)) == len(path), "nobody twice"
        assert chance == pytest.approx(likelihood(path), rel=1e-4)


def test_a_short_weak_path_gives_way_to_a_likelier_long_one(people, paths):
    ties = [(0, 1, 0.02), (0, 2, 0.9), (2, 1, 0.9)]
    people.set_ties([*ties, *((b, a, s) for a, b, s in ties)])
    assert [path for path, _ in paths(0, 1, ordering="likely", wanted=2)] == [(0, 2, 1), (0, 1)]
    # where the price of a further person is more than the tie is better
    people.set_ties([(0, 1, 0.35), (0, 2, 0.9), (2, 1, 0.9)])
    assert [path for path, _ in paths(0, 1, ordering="likely", wanted=2)] == [(0, 1), (0, 2, 1)]
    assert [path for path, _ in paths(0, 1, ordering="strongest", wanted=2)] == [(0, 2, 1), (0, 1)]


def test_who_declined_lately_is_gone_round(people, paths, answered):
    ties = [(0, 2, 0.9), (2, 1, 0.9), (0, 4, 0.6), (4, 1, 0.6)]
    people.set_ties(ties)
    assert paths(0, 1, ordering="likely")[0][0] == (0, 2, 1)
    answered({2: "declined"})
    assert paths(0, 1, ordering="likely") == [((0, 4, 1), pytest.approx(0.36 * 0.36**2))]
    assert paths(0, 1, ordering="strongest")[0][0] == (0, 2, 1), "the other orders are as they were"


@pytest.mark.parametrize(
    ("name", "do"), [("fresh", "ask"), ("asked_often", "wait"), ("silent", "wait"), ("never", "wait")]
)
def test_advice_says_whom_to_wait_for(people, owner, database, answered, name, do):
    people.set_ties([(0, 2, 0.9), (2, 1, 0.9)])
    answered({2: "unavailable" if name == "never" else name})
    (path,) = told(database, people, "likely")
    assert path["advice"]["do"] == do
    assert path["ties"] == [{"kind": "stated", "strength": 0.9, "evidence": None}] * 2
    if do == "wait":
        assert "Person 2" in path["advice"]["why"]
        assert path["likelihood"] < 0.1


def test_advice_says_to_write_first_where_the_last_word_is_long_ago(people, owner, database):
    people.set_ties([(2, 1, 0.9)])
    owner.run("update crm.contacts set is_self = false where user_id = :u and is_self", u=people.user_id)
    owner.run("update crm.contacts set is_self = true where id = :id", id=people.ids[0])
    for days in (401, 260, 253, 246):
        owner.run(
            "insert into crm.interactions (user_id, contact_no, at, kind, direction) values (:u, :no, :at, 'message', 'in')",
            u=people.user_id, no=people.numbers[2], at=datetime.now(UTC) - timedelta(days=days),
        )  # fmt: skip
    with database.transaction(people.user_id) as tx:
        tx.run(QUERIES.compute_tie, contact_no=people.numbers[2])
    (path,) = told(database, people, "likely")
    tie, advice = path["ties"][0], path["advice"]
    assert (tie["kind"], tie["evidence"]["received"], tie["evidence"]["sent"]) == ("seen", 4, 0)
    assert advice["do"] == "warm_up"
    assert advice["why"].startswith("your last word with Person 2 was 8 months ago")
    assert "message" in advice["how"]
    assert advice["when"].startswith("on a ")
    assert "3 of 4 answers" in advice["when"]


def told(database, people, ordering, target=1):
    with database.read(people.user_id) as tx:
        answer = repository.find_paths(
            tx, people.ids[0], to_id=people.ids[target], to_company=None, max_hops=4, ordering=ordering, wanted=1, budget_s=60
        )  # fmt: skip
    return json.loads(answer)["paths"]
