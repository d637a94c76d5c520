from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from dev.issuer import Issuer
from shared.edge import auth
from shared.edge.auth import KEYS_PAUSE_S, KEYS_TTL_S, KeyRing
from shared.errors import Unavailable

if TYPE_CHECKING:
    from pathlib import Path

THREADS = 8


class Server:
    """Stands in for the issuer's server: answers when it is let, or fails then."""

    def __init__(self, document: bytes) -> None:
        self.document: bytes | None = document
        self.asked = threading.Semaphore(0)
        self.attempts = 0
        self.let = threading.Event()
        self.let.set()

    def read(self, _url: str) -> bytes:
        self.attempts += 1
        self.asked.release()
        assert self.let.wait(30)
        if self.document is None:
            raise TimeoutError
        return self.document


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(auth, "time", made)
    return made


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, object]:
    return Issuer(tmp_path / "key.pem").jwks()


@pytest.fixture
def key_id(keys) -> str:
    return keys["keys"][0]["kid"]


@pytest.fixture
def server(keys, monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server(json.dumps(keys).encode())
    monkeypatch.setattr(auth, "_read", made.read)
    return made


def test_threads_that_need_the_keys_at_once_wait_for_one_attempt(server, key_id, clock):
    ring = KeyRing("http://issuer.example/keys")
    server.let.clear()
    with ThreadPoolExecutor(THREADS) as pool:
        waiting = [pool.submit(ring.key, key_id) for _ in range(THREADS)]
        assert server.asked.acquire(timeout=30)
        server.let.set()

        assert all(future.result(30) for future in waiting)
    assert server.attempts == 1


def test_when_that_attempt_fails_all_are_refused_and_none_tries_again_at_once(server, key_id, clock):
    ring = KeyRing("http://issuer.example/keys")
    server.let.clear()
    server.document = None
    with ThreadPoolExecutor(THREADS) as pool:
        waiting = [pool.submit(ring.key, key_id) for _ in range(THREADS)]
        assert server.asked.acquire(timeout=30)
        server.let.set()
        errors = [future.exception(30) for future in waiting]

    assert [error.retry_after_s for error in errors if isinstance(error, Unavailable)] == [KEYS_PAUSE_S] * THREADS
    assert server.attempts == 1


def test_keys_are_asked_for_again_after_the_pause(server, key_id, clock):
    ring = KeyRing("http://issuer.example/keys")
    document, server.document = server.document, None
    with pytest.raises(Unavailable):
        ring.key(key_id)
    server.document = document
    with pytest.raises(Unavailable):
        ring.key(key_id)

    clock.now += KEYS_PAUSE_S
    assert ring.key(key_id)


def test_a_known_key_is_used_while_another_thread_fetches_them_anew(server, key_id, clock):
    ring = KeyRing("http://issuer.example/keys")
    known = ring.key(key_id)
    clock.now += KEYS_TTL_S + 1
    server.let.clear()
    with ThreadPoolExecutor(1) as pool:
        fetching = pool.submit(ring.key, key_id)
        assert server.asked.acquire(timeout=30)
        assert server.asked.acquire(timeout=30)

        assert ring.key(key_id) is known
        server.let.set()
        assert fetching.result(30)
