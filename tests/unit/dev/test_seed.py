from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import pytest

from dev.seed.network import ME, TWICE_BY_NAME, TWICE_WITH_A_PHONE, Network, generate


@pytest.fixture(scope="module")
def network() -> Network:
    return generate()


def test_the_same_seed_gives_the_same_network(network: Network) -> None:
    assert generate() == network


def test_another_seed_gives_another_network(network: Network) -> None:
    assert generate(seed=7).people[0] != network.people[0]


def test_it_is_as_large_as_it_says(network: Network) -> None:
    assert (len(network.people), len(network.ties)) == (2_000, 12_000)
    assert len({person.company.name for person in network.people}) > 120


def test_addresses_are_unique_and_under_a_domain_that_never_exists(network: Network) -> None:
    addresses = [address for person in network.people for address in (person.email, *person.emails) if address]
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch(r"[a-z0-9.]+@[a-z0-9]+\.example", address) for address in addresses)


def test_everybody_can_be_told_apart_and_is_marked_as_demo(network: Network) -> None:
    assert all(person.email or person.linkedin_slug for person in network.people)
    assert all("demo" in person.tags for person in network.people)


def test_no_two_ties_are_between_the_same_people_and_none_to_oneself(network: Network) -> None:
    pairs = [frozenset((tie.source, tie.target)) for tie in network.ties]
    assert len(set(pairs)) == len(pairs)
    assert all(len(pair) == 2 for pair in pairs)
    assert all(0 < tie.strength <= 1 for tie in network.ties)


def test_everybody_is_somehow_known_to_me_and_a_few_are_known_to_very_many(network: Network) -> None:
    neighbours: dict[int, set[int]] = {}
    for tie in network.ties:
        neighbours.setdefault(tie.source, set()).add(tie.target)
        neighbours.setdefault(tie.target, set()).add(tie.source)
    reached, frontier = {ME}, {ME}
    while frontier:
        frontier = set(chain.from_iterable(neighbours[node] for node in frontier)) - reached
        reached |= frontier
    assert len(reached) > 0.99 * len(network.people)
    sizes = sorted((len(known) for known in neighbours.values()), reverse=True)
    assert sizes[0] > 10 * sizes[len(sizes) // 2]
    assert 30 < len(neighbours[ME]) < 100


def test_colleagues_know_one_another_better_than_strangers_do(network: Network) -> None:
    inside = Counter(
        network.people[tie.source].company.name == network.people[tie.target].company.name
        for tie in network.ties
        if ME not in {tie.source, tie.target}
    )
    assert inside[True] > 0.3 * len(network.ties)


def test_birthdays_are_dates_with_or_without_a_year(network: Network) -> None:
    birthdays = [person.birthday for person in network.people if person.birthday]
    assert birthdays
    assert all(re.fullmatch(r"(\d{4}|-)-\d\d-\d\d", birthday) for birthday in birthdays)


def test_names_are_given_once_but_to_those_who_are_entered_twice(network: Network) -> None:
    twice = [name for name, times in Counter(person.name for person in network.people).items() if times > 1]
    assert 5 <= len(twice) <= TWICE_WITH_A_PHONE + TWICE_BY_NAME
    with_a_phone = 0
    for name in twice:
        one, other = (person for person in network.people if person.name == name)
        assert one.company == other.company
        with_a_phone += one.phones == other.phones != []
    assert with_a_phone == TWICE_WITH_A_PHONE
