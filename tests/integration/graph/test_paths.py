from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.graph.reference import every_path, rank

PEOPLE = 9
# 1 makes ties that cost nothing, equal ones make equal paths, the smallest make products that underflow a real.
STRENGTHS = st.sampled_from([1.0, 1.0, 0.9, 0.9, 0.5, 0.5, 0.31, 0.77, 0.05, 1e-6, 1e-8])


@st.composite
def networks(draw):
    pairs = [(a, b) for a in range(PEOPLE) for b in range(PEOPLE) if a < b]
    ties = {}
    for a, b in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs))):
        strength, kind = draw(STRENGTHS), draw(st.sampled_from(["mutual", "mutual", "there", "back", "uneven"]))
        if kind != "back":
            ties[a, b] = strength
        if kind != "there":
            ties[b, a] = draw(STRENGTHS) if kind == "uneven" else strength
    return ties


@pytest.fixture
def people(graph):
    graph.add_contacts(PEOPLE, company=lambda number: "Acme" if number in {3, 5, 8} else None)
    return graph


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    ties=networks(),
    goal=st.sampled_from([1, 1, 1, "Acme"]),
    question=st.fixed_dictionaries(
        {
            "max_hops": st.integers(1, 6),
            "wanted": st.sampled_from([1, 1, 2, 3, 6, 11]),
            "by_strength": st.booleans(),
        }
    ),
)
def test_paths_are_the_best_of_all_simple_paths_in_order(people, paths, ties, goal, question):
    people.set_ties((a, b, s) for (a, b), s in ties.items())
    targets = {3, 5, 8} if goal == "Acme" else {goal}
    by_strength, wanted = question["by_strength"], question["wanted"]
    expected = sorted(
        every_path(ties, 0, targets, question["max_hops"]), key=lambda found: rank(found, by_strength=by_strength)
    )
    given_ = {"company": "ACMÉ"} if goal == "Acme" else {"target": goal}
    answered = paths(0, **given_, **question)

    assert len(answered) == min(wanted, len(expected))
    assert len({path for path, _ in answered}) == len(answered), "no path twice"
    for (path, product), best in zip(answered, expected, strict=False):
        assert len(set(path)) == len(path), "nobody twice"
        assert product == pytest.approx(math.prod(ties[tie] for tie in itertools.pairwise(path)), rel=1e-5)
        assert product == pytest.approx(best.product, rel=1e-5)
        if not by_strength:
            assert len(path) - 1 == best.hops


@pytest.fixture
def small(people):
    def tie(*ties):
        people.set_ties([*ties, *((b, a, s) for a, b, s in ties)])

    return tie


def test_path_prefers_fewer_hops_then_the_stronger_product(small, paths):
    small((0, 1, 0.1), (1, 4, 0.1), (0, 2, 0.9), (2, 4, 0.2), (0, 6, 1), (6, 7, 1), (7, 4, 1))
    assert paths(0, 4) == [((0, 2, 4), pytest.approx(0.18))]


def test_strongest_goes_round_a_weak_tie(small, paths):
    small((0, 4, 0.2), (0, 2, 0.9), (2, 6, 0.9), (6, 4, 0.9))
    assert paths(0, 4, by_strength=True) == [((0, 2, 6, 4), pytest.approx(0.729))]
    assert paths(0, 4, by_strength=True, max_hops=2) == [((0, 4), pytest.approx(0.2))]


def test_one_way_ties_are_followed_one_way(people, paths):
    people.set_ties([(0, 1, 0.5), (1, 2, 0.5)])
    assert paths(0, 2) == [((0, 1, 2), 0.25)]
    assert paths(2, 0) == []
    assert paths(2, 0, by_strength=True, wanted=3) == []


def test_nobody_is_reached_without_ties(people, paths):
    people.set_ties([])
    for by_strength in (False, True):
        assert paths(0, 1, by_strength=by_strength, wanted=3) == []


def test_path_to_oneself_or_to_a_company_of_nobody_is_empty(people, paths):
    people.set_ties([(0, 1, 1), (1, 0, 1)])
    assert paths(0, 0) == []
    assert paths(0, company="Nowhere") == []


def test_own_company_is_reached_through_a_colleague(people, paths):
    people.set_ties([(3, 1, 1), (1, 5, 0.5), (3, 8, 0.1)])
    assert paths(3, company="acme", wanted=3) == [((3, 8), pytest.approx(0.1)), ((3, 1, 5), pytest.approx(0.5))]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    ties=networks(),
    hops=st.sampled_from([(1, 6), (1, 6), (1, 4), (3, 3), (4, 4), (5, 5)]),
    wanted=st.sampled_from([1, 1, 2, 5, 11]),
    room=st.integers(1, 3),
    guess=st.sampled_from([1, 2**20, 2**24]),
)
def test_rounds_with_hardly_any_room_end_at_the_same_paths(people, cramped_paths, ties, hops, wanted, room, guess):
    people.set_ties((a, b, s) for (a, b), s in ties.items())
    least_hops, max_hops = hops
    found = [path for path in every_path(ties, 0, {1}, max_hops) if path.hops >= least_hops]
    expected = sorted(found, key=lambda path: rank(path, by_strength=True))[:wanted]
    answered = cramped_paths(0, 1, least_hops=least_hops, max_hops=max_hops, wanted=wanted, room=room, guess=guess)

    assert [product for _, product in answered] == pytest.approx([path.product for path in expected], rel=1e-5)
    assert len({path for path, _ in answered}) == len(answered)
    for path, product in answered:
        assert len(set(path)) == len(path)
        assert product == pytest.approx(math.prod(ties[tie] for tie in itertools.pairwise(path)), rel=1e-5)


def test_a_search_that_runs_out_of_time_says_so(people, graph, owner):
    people.set_ties([(a, b, 0.5) for a in range(PEOPLE) for b in range(PEOPLE) if a != b])
    owner.run("select set_config('app.user_id', :u, false)", u=str(graph.user_id))
    for by_strength in (False, True):
        answer = owner.run(
            """select cast(crm.find_paths(cast(:a as uuid), cast(:b as uuid), null, 6, cast(:by_strength as boolean), 11,
                budget => interval '0') as jsonb)""",
            a=str(graph.ids[0]), b=str(graph.ids[1]), by_strength=by_strength,
        )[0][0]  # fmt: skip
        assert answer["partial"] is True
    owner.run("select set_config('app.user_id', '', false)")
    with pytest.raises(Exception, match=r"app\.user_id is not set"):
        owner.run("select crm.find_paths(null, null, 'x', 4, false, 1)")


@pytest.mark.parametrize("seed", range(12))
def test_lists_are_exact_where_there_are_far_more_paths_than_wanted(graph, cramped_paths, paths, seed):
    """Dense and uneven, so that partial walks are dropped at every step and must be missed by none."""
    size = 11
    chosen = random.Random(seed)
    graph.add_contacts(size)
    ties = {
        (a, b): round(chosen.uniform(0.05, 1), 2)
        for a in range(size)
        for b in range(size)
        if a != b and chosen.random() < 0.55
    }
    graph.set_ties((a, b, s) for (a, b), s in ties.items())
    found = every_path(ties, 0, {1}, 6)
    for by_strength in (False, True):
        best = sorted(found, key=lambda path: rank(path, by_strength=by_strength))
        for wanted in (2, 11):
            answered = paths(0, 1, wanted=wanted, by_strength=by_strength)
            expected = [path.product for path in best[:wanted]]
            assert [product for _, product in answered] == pytest.approx(expected, rel=1e-5)
    for hops in (4, 5, 6):
        products = sorted((path.product for path in found if path.hops == hops), reverse=True)
        for wanted, room in ((1, 2), (2, 5), (11, 512)):
            answered = cramped_paths(0, 1, least_hops=hops, max_hops=hops, wanted=wanted, room=room, guess=2**22)
            assert [product for _, product in answered] == pytest.approx(products[:wanted], rel=1e-5)


@pytest.mark.parametrize("wanted", [2, 3, 6])
def test_detours_that_visit_somebody_twice_do_not_crowd_out_the_real_paths(graph, paths, wanted):
    """Everybody else hangs on the one contact in the middle, by ties so strong that going there and back costs little."""
    graph.add_contacts(80)
    ring = [(0, 3), (3, 4), (4, 5), (5, 1), (3, 6), (6, 5), (4, 6), (0, 7), (7, 8), (8, 9), (9, 10), (10, 1), (8, 5)]
    ties = {(0, 2): 0.5, (2, 1): 0.5}
    ties |= {(2, leaf): 0.99 for leaf in range(11, 80)}
    ties |= {pair: round(0.05 + 0.03 * index, 2) for index, pair in enumerate(ring)}
    ties |= {(leaf, leaf + 1): 0.97 for leaf in range(11, 60, 7)}
    ties |= {(b, a): s for (a, b), s in ties.items()}
    graph.set_ties((a, b, s) for (a, b), s in ties.items())
    found = every_path(ties, 0, {1}, 6)
    for by_strength in (False, True):
        best = sorted(found, key=lambda path: rank(path, by_strength=by_strength))[:wanted]
        answered = paths(0, 1, wanted=wanted, by_strength=by_strength)
        assert [product for _, product in answered] == pytest.approx([path.product for path in best], rel=1e-5)
