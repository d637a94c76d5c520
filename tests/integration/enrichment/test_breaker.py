from __future__ import annotations

import time

import pytest

from shared.plumbing.redis import breaker
from shared.plumbing.redis.breaker import Breakers
from shared.plumbing.redis.client import RedisClient


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(breaker, "OPEN_S", 0.2)
    monkeypatch.setattr(breaker, "TRIAL_S", 0.3)


def fail(breakers, times):
    for _ in range(times):
        breakers.failed("x")


def test_a_service_that_works_is_called(breakers):
    fail(breakers, breaker.FAILURES - 1)
    breakers.succeeded("x")
    fail(breakers, breaker.FAILURES - 1)

    assert breakers.wait_s("x") == 0


def test_a_service_that_keeps_failing_is_left_alone(breakers):
    fail(breakers, breaker.FAILURES)

    assert 0 < breakers.wait_s("x") <= breaker.OPEN_S
    assert breakers.wait_s("y") == 0


def test_all_instances_share_what_one_has_seen(breakers, redis_url):
    other = RedisClient(redis_url)
    fail(breakers, breaker.FAILURES)

    assert Breakers(other).wait_s("x") > 0
    other.close()


@pytest.mark.usefixtures("quick")
def test_one_call_tries_and_the_others_follow_when_it_succeeds(breakers):
    fail(breakers, breaker.FAILURES)
    time.sleep(0.25)

    assert breakers.wait_s("x") == 0
    assert breakers.wait_s("x") > 0
    breakers.succeeded("x")
    assert [breakers.wait_s("x") for _ in range(2)] == [0, 0]


@pytest.mark.usefixtures("quick")
def test_a_try_that_fails_keeps_it_open_for_twice_as_long(breakers):
    fail(breakers, breaker.FAILURES)
    time.sleep(0.25)
    assert breakers.wait_s("x") == 0
    breakers.failed("x")

    assert 0.25 < breakers.wait_s("x") <= 0.4


@pytest.mark.usefixtures("quick")
def test_a_try_that_never_reports_lets_another_follow(breakers):
    fail(breakers, breaker.FAILURES)
    time.sleep(0.25)
    assert breakers.wait_s("x") == 0
    time.sleep(0.35)
    assert breakers.wait_s("x") == 0


def test_a_service_that_asks_to_be_left_alone_is(breakers):
    breakers.pause("x", 30)
    breakers.succeeded("x")  # of a call that was under way

    assert 29 < breakers.wait_s("x") <= 30


def test_without_redis_every_call_is_allowed():
    for breakers in (Breakers(None), Breakers(RedisClient("redis://127.0.0.1:9"))):
        fail(breakers, 10)
        breakers.pause("x", 10)
        breakers.succeeded("x")
        breakers.failed("x")
        assert breakers.wait_s("x") == 0
