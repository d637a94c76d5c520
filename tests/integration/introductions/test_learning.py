"""Rates of yes, learned from the outcomes of introductions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from operate.answers import table
from shared.introductions import learning

START = {"fresh": 0.36, "asked_lately": 0.25, "asked_often": 0.14, "postponed": 0.11, "silent": 0.1, "declined": 0.07}
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def outcomes(owner, user_id):
    """Writes questions that ended: class, decision, strength of the tie, how often; the rates are as they were afterwards."""

    def put(rows, *, decided_at=NOW - timedelta(days=30)):
        owner.run("delete from crm.introductions")  # those of other tests would be counted, too
        for readiness, decision, strength, count in rows:
            owner.run(
                """with asked as (
                    insert into crm.introductions (user_id, target_id, status, message, created_at, updated_at)
                    select :u, gen_random_uuid(), 'withdrawn', 'hello', :at, :at from generate_series(1, cast(:n as integer)) returning id)
                insert into crm.introduction_steps (introduction_id, position, user_id, role, contact_id, name, asked_at, expires_at, decision, decided_at,
                    strength, readiness)
                select id, 1, :u, 'connector', gen_random_uuid(), 'somebody', :at, :at, :decision, cast(:at as timestamptz), :strength, :readiness from asked""",
                u=user_id, at=decided_at, n=count, decision=decision, strength=strength, readiness=readiness,
            )  # fmt: skip

    yield put
    owner.run("update crm.answer_rates set rate = start_rate, asked = 0, accepted = 0, expected = 0, learned_at = null")


def learned(database):
    with database.transaction(None) as tx:
        learning.learn(tx, NOW)
        return learning.list_rates(tx)


def isotonic(means):
    """Non-increasing pools of (yes, weight), by pooling adjacent violators."""
    pools = []
    for yes, weight in means:
        pools.append([yes, weight, 1])
        while len(pools) > 1 and pools[-1][0] / pools[-1][1] > pools[-2][0] / pools[-2][1]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    return [yes / weight for yes, weight, size in pools for _ in range(size)]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.fixed_dictionaries({name: st.tuples(st.integers(0, 15), st.integers(0, 15)) for name in START}))
def test_rates_are_the_counts_with_a_prior_and_never_rise_from_a_readier_to_a_less_ready_class(
    outcomes, database, counts
):
    counts = {name: counts[name] for name in START}  # the drawn order is any
    outcomes(
        [row for name, (yes, no) in counts.items() for row in ((name, "accept", 0.5, yes), (name, "expired", 0.5, no))]
    )
    told = learned(database)
    expected = isotonic([(yes + 20 * START[name], (yes + no) * 0.5 + 20) for name, (yes, no) in counts.items()])
    assert [rate.rate for rate in told[:6]] == pytest.approx(
        [min(max(rate, 0.002), 0.99) for rate in expected], rel=1e-9
    )
    assert [(rate.asked, rate.accepted) for rate in told[:6]] == [(yes + no, yes) for yes, no in counts.values()]
    assert (told[6].readiness, told[6].rate) == ("unavailable", 0.001)


def test_what_says_nothing_of_a_person_is_not_counted(outcomes, database, owner):
    outcomes([("fresh", "withdrawn", 0.5, 9), ("fresh", "undeliverable", 0.5, 9), ("fresh", None, 0.5, 0)])
    assert (learned(database)[0].asked, learned(database)[0].rate) == (0, pytest.approx(0.36))
    outcomes([("fresh", "accept", 0.5, 9)], decided_at=NOW - timedelta(days=800))
    assert learned(database)[0].asked == 0


def test_the_schedule_learns_once_a_day(outcomes, database):
    outcomes([("fresh", "accept", 1.0, 40)])
    with database.transaction(None) as tx:
        assert learning.learn_when_due(tx, NOW)
        assert not learning.learn_when_due(tx, NOW + timedelta(hours=23))
        rates = learning.list_rates(tx)
        assert learning.learn_when_due(tx, NOW + timedelta(hours=25))
    assert rates[0].rate == pytest.approx((40 + 7.2) / 60)
    assert table(rates).splitlines()[1].split() == ["fresh", "0.787", "0.360", "40", "40", "40.0"]
