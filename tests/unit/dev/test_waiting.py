from __future__ import annotations

import threading

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from selfhost import waiting
from selfhost.waiting import HEALTH_PATH, MAX_WAIT_S, RETRY_AFTER_S, WaitingPool, refuse_late


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(waiting, "time", made)
    return made


def hold(busy: threading.Event, free: threading.Event) -> None:
    """Keeps the thread that runs it until it is let go."""
    busy.set()
    free.wait(30)


def answers(clock: Clock, waits_s: float, path: str = "/api/crm/contacts", method: str = "GET") -> Response:
    """What a request gets that has to wait for the only thread for so long."""
    client = Client(refuse_late(Response("answered")))
    busy, free = threading.Event(), threading.Event()
    with WaitingPool(1) as pool:
        pool.submit(hold, busy, free)
        assert busy.wait(30)
        waiting_one = pool.submit(client.open, path, method=method, data=b"x" * 200_000 if method == "POST" else b"")
        clock.now += waits_s
        free.set()
        return waiting_one.result(30)


def test_who_waits_a_while_for_a_thread_is_answered(clock):
    assert answers(clock, MAX_WAIT_S).get_data(as_text=True) == "answered"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_waits_too_long_is_refused_and_told_when_to_try_again(clock, method):
    answer = answers(clock, MAX_WAIT_S + 0.1, method=method)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == str(RETRY_AFTER_S)
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["code"] == "unavailable"


def test_health_is_told_however_long_it_waits(clock):
    assert answers(clock, 60, HEALTH_PATH).get_data(as_text=True) == "answered"


def test_a_thread_that_was_late_once_is_in_time_for_the_next(clock):
    client = Client(refuse_late(Response("answered")))
    with WaitingPool(1) as pool:
        busy, free = threading.Event(), threading.Event()
        pool.submit(hold, busy, free)
        assert busy.wait(30)
        late = pool.submit(client.get, "/api/crm/contacts")
        clock.now += 60
        free.set()
        assert late.result(30).status_code == 503
        assert pool.submit(client.get, "/api/crm/contacts").result(30).status_code == 200
