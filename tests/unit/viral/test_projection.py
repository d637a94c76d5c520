from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.viral.projection import ceiling, users_after
from shared.viral.service import latest_k_factor


@pytest.mark.parametrize("k_factor", [0, 0.3, 0.999999, 1, 1.000001, 1.7])
def test_after_whole_cycles_it_is_the_sum_of_the_generations(k_factor):
    for cycles in range(6):
        generations = sum(1000 * k_factor**generation for generation in range(cycles + 1))
        assert users_after(cycles * 9, users=1000, k_factor=k_factor, cycle=9) == pytest.approx(generations)


@given(st.floats(0.01, 3), st.floats(0, 30))
def test_it_is_continuous_where_k_is_one(cycle, time):
    exact = users_after(time, users=50, k_factor=1, cycle=cycle)
    for near in (1 - 1e-8, 1 + 1e-8):
        assert users_after(time, users=50, k_factor=near, cycle=cycle) == pytest.approx(exact, rel=1e-4)


@given(st.floats(0, 0.99), st.floats(0, 500))
def test_below_one_it_never_exceeds_its_ceiling(k_factor, time):
    most = ceiling(100, k_factor)
    assert most is not None
    assert users_after(time, users=100, k_factor=k_factor, cycle=7) <= most * (1 + 1e-12)
    assert ceiling(100, 1) is None


def test_open_cohorts_do_not_count_towards_the_latest_k():
    cohorts = [
        {"open": False, "users": 10, "activated": 9},
        {"open": False, "users": 100, "activated": 40},
        {"open": False, "users": 100, "activated": 60},
        {"open": True, "users": 1000, "activated": 1},
    ]
    assert latest_k_factor(cohorts, 2) == 0.5
    assert latest_k_factor(cohorts[3:], 2) is None
