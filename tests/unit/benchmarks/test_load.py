from __future__ import annotations

import math
import random
from collections import Counter

import pytest

from benchmarks.load.metrics import LIMIT_MS, Sample, Step, find_knee, percentile, slope_mb_per_hour, summed_up
from benchmarks.load.mix import SHARES, draw
from benchmarks.load.workload import Workload
from shared.manifest import functions

READS = ("get_contact", "list_contacts")


def test_seven_of_ten_requests_read_a_contact_or_a_list():
    assert sum(SHARES[kind] for kind in READS) / sum(SHARES.values()) == pytest.approx(0.7)


def test_requests_are_drawn_as_often_as_their_share_says():
    chance = random.Random(7)
    drawn = Counter(draw(chance) for _ in range(100_000))

    assert set(drawn) == set(SHARES)
    for kind, share in SHARES.items():
        assert drawn[kind] / 100_000 == pytest.approx(share / sum(SHARES.values()), abs=0.005)


def test_everything_that_is_drawn_is_a_function_that_the_workload_can_ask():
    assert set(SHARES) <= set(functions())
    assert all(callable(getattr(Workload, kind)) for kind in SHARES)


def test_latency_counts_from_when_a_request_was_to_start():
    late = Sample("get_contact", intended_s=10.0, sent_s=10.4, ended_s=10.5)

    assert late.latency_ms == pytest.approx(500)


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100), (0, 1)])
def test_a_percentile_is_the_nearest_rank(share, value):
    assert percentile(list(range(1, 101)), share) == value


def test_a_percentile_of_nothing_is_no_number():
    assert math.isnan(percentile([], 0.5))


def samples(rate: float, duration_s: float, latency_s: float, **differing: str) -> list[Sample]:
    starts = [place / rate for place in range(int(rate * duration_s))]
    return [Sample("get_contact", start, start, start + latency_s, **differing) for start in starts]


def test_what_is_answered_after_the_step_was_not_served_in_its_time():
    on_time = summed_up(100, 10, samples(100, 10, 0.01))
    behind = summed_up(100, 10, samples(100, 10, 10))

    assert on_time.served == pytest.approx(100)
    assert behind.served == pytest.approx(50, rel=0.01)


def test_errors_are_counted_by_what_they_were_and_are_not_served():
    step = summed_up(100, 10, [*samples(50, 10, 0.01), *samples(50, 10, 0.01, error="503 unavailable")])

    assert step.errors == {"503 unavailable": 500}
    assert step.served == pytest.approx(50)
    assert not step.holds()


def server(capacity: float, calls: list[float] | None = None, errors_from: float = math.inf):
    """Stands in for a stack: in time up to its capacity, and far too late beyond."""

    def measure(rate: float) -> Step:
        if calls is not None:
            calls.append(rate)
        error = {"error": "503 unavailable"} if rate > errors_from else {}
        return summed_up(rate, 10, samples(rate, 10, 0.02 if rate <= capacity else 2 * LIMIT_MS / 1000, **error))

    return measure


@pytest.mark.parametrize("capacity", [60, 100, 333, 1000])
def test_the_knee_is_found_within_its_precision(capacity):
    knee, steps = find_knee(server(capacity), first=50, precision=0.05)

    assert capacity * 0.94 <= knee <= capacity
    assert [step.asked for step in steps] == sorted(step.asked for step in steps)
    assert any(not step.holds() for step in steps)


def test_a_rate_with_an_error_does_not_hold_however_quick_it_is():
    knee, _ = find_knee(server(1000, errors_from=200), first=50, precision=0.05)

    assert 185 <= knee <= 200


def test_where_the_first_rate_does_not_hold_there_is_no_knee_and_no_search_for_one():
    calls: list[float] = []
    knee, _ = find_knee(server(10, calls), first=50)

    assert knee == 0
    assert calls == [50]


def test_a_slope_is_how_much_more_there_is_after_an_hour():
    growing = [(at, 50e6 + at / 3600 * 12e6) for at in range(0, 900, 5)]
    settled = [(at, 50e6 + (-1) ** at * 1e5) for at in range(0, 900, 5)]

    assert slope_mb_per_hour(growing) == pytest.approx(12)
    assert slope_mb_per_hour(settled) == pytest.approx(0, abs=1)
