from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict

import pytest

from dev.issuer import DEMO_EMAIL
from dev.seed.network import ME, Network, generate
from dev.seed.past.introductions import NEVER_DAYS
from dev.seed.past.story import Past, remember


@pytest.fixture(scope="module")
def network() -> Network:
    return generate()


@pytest.fixture(scope="module")
def past(network: Network) -> Past:
    return remember(network)


def test_the_same_seed_gives_the_same_past_and_another_another(network: Network, past: Past) -> None:
    assert remember(network) == past
    assert remember(network, seed=7) != past


def test_everybody_has_an_address_that_never_exists_and_is_there_once(past: Past) -> None:
    emails = [member.email for member in past.growth.members]
    assert emails[0] == DEMO_EMAIL
    assert len(set(emails)) == len(emails)
    invited = [invitation.email for invitation in past.growth.invitations if invitation.email]
    assert all(re.fullmatch(r"[a-z0-9.]+@[a-z0-9]+\.example", email) for email in (*emails, *invited))


def test_what_follows_comes_later_and_nothing_is_yet_to_come(past: Past) -> None:
    for join in past.growth.joins:
        assert join.invited_age >= join.accepted_age > (join.activated_age or 0) >= 0
    for introduction in past.introductions:
        ages = [introduction.created_age]
        for step in introduction.steps:
            ages += [age for age in (step.asked_age, step.decided_age) if age is not None]
        assert ages == sorted(ages, reverse=True)
        assert ages[-1] >= introduction.updated_age > 0
    assert all(age > 0 for _, age, _, _ in past.interactions)
    assert all(line[1] > 0 for line in past.ledger)


def test_introductions_are_in_every_state_and_along_ties_that_are_there(network: Network, past: Past) -> None:
    known = {frozenset((tie.source, tie.target)) for tie in network.ties}
    own = [introduction for introduction in past.introductions if introduction.user_id == past.growth.members[0].id]
    assert set(Counter(introduction.status for introduction in own)) == {
        "requested", "connector_accepted", "introduced", "completed", "declined", "not_now", "withdrawn", "expired",
    }  # fmt: skip
    for introduction in own:
        people = [ME, *(step.person for step in introduction.steps)]
        assert all(frozenset(pair) in known for pair in itertools.pairwise(people))


def test_nobody_is_reminded_of_a_question_that_was_never_put(past: Past) -> None:
    for introduction in past.introductions:
        for step in introduction.steps:
            if step.asked_age is not None and step.decision is None:
                assert step.reminded_age is not None
                assert step.expires_age == NEVER_DAYS


def test_no_balance_was_ever_below_zero(past: Past) -> None:
    balances: dict[object, int] = defaultdict(int)
    for user, _, credits_, *_ in sorted(past.ledger, key=lambda line: -line[1]):
        balances[user] += credits_
        assert balances[user] >= 0
    assert balances.keys() == {member.id for member in past.growth.members}
