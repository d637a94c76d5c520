from __future__ import annotations

import contextlib
import random
import socket
import threading
import uuid
from datetime import UTC, datetime

import pytest

from shared.errors import Unavailable
from shared.plumbing.redis.cache import Cache, Lookup
from shared.plumbing.redis.client import RedisClient, RedisUnavailable

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def ids():
    return uuid.uuid4(), uuid.uuid4()


def test_what_was_filled_in_is_found(cache, ids):
    first = cache.look_up_contact(*ids, NOW)
    cache.fill_contact(first, '{"name":"Ana"}')

    assert first.value is None
    assert cache.look_up_contact(*ids, NOW).value == b'{"name":"Ana"}'


def test_only_one_reader_may_fill_in(cache, ids):
    assert cache.look_up_contact(*ids, NOW).lease
    assert not cache.look_up_contact(*ids, NOW).lease


@pytest.mark.parametrize("change", ["one", "all"])
def test_a_reader_that_was_overtaken_by_a_change_fills_in_nothing(cache, ids, change):
    slow_reader = cache.look_up_contact(*ids, NOW)

    with cache.changing_contact(*ids) if change == "one" else cache.changing_contacts(ids[0]):
        pass
    cache.fill_contact(slow_reader, "old")

    assert cache.look_up_contact(*ids, NOW).value is None


@pytest.mark.parametrize("change", ["one", "all"])
def test_while_a_change_is_made_nothing_is_found_or_filled_in(cache, ids, change):
    cache.fill_contact(cache.look_up_contact(*ids, NOW), "old")

    with cache.changing_contact(*ids) if change == "one" else cache.changing_contacts(ids[0]):
        during = cache.look_up_contact(*ids, NOW)
        assert during.value is None
        assert not during.lease

    assert cache.look_up_contact(*ids, NOW).lease


@pytest.mark.parametrize("before", ["read", "never read"])
@pytest.mark.parametrize("since", ["nothing", "changed", "all changed", "all forgotten"])
def test_a_writer_that_died_leaves_nothing_stale_and_nothing_to_fill_in(cache, ids, before, since):
    if before == "read":
        cache.fill_contact(cache.look_up_contact(*ids, NOW), "old")
    died = cache.changing_contact(*ids)
    died.__enter__()
    if since == "changed":
        with cache.changing_contact(*ids):
            pass
    if since == "all changed":
        with cache.changing_contacts(ids[0]):
            pass
    if since == "all forgotten":
        assert cache.forget_contacts(ids[0])

    assert cache.look_up_contact(*ids, NOW) == Lookup()


def test_many_changes_that_died_leave_nothing_to_fill_in(cache, ids):
    died = cache.changing_contacts(ids[0])
    died.__enter__()
    with cache.changing_contacts(ids[0]):
        pass

    assert cache.look_up_contact(*ids, NOW) == Lookup()


def test_a_change_holds_when_another_of_the_same_contact_ends_before_it(cache, ids):
    with cache.changing_contact(*ids):
        with cache.changing_contact(*ids):
            pass
        # The inner one ended; the outer one may still have committed nothing.
        during = cache.look_up_contact(*ids, NOW)
    cache.fill_contact(during, "read before the outer one was committed")

    assert cache.look_up_contact(*ids, NOW).value is None


def test_a_change_of_one_holds_when_all_were_changed_meanwhile(cache, ids):
    with cache.changing_contact(*ids):
        with cache.changing_contacts(ids[0]):
            pass
        overtaken = cache.look_up_contact(*ids, NOW)
    cache.fill_contact(overtaken, "read before the change of one was committed")

    assert cache.look_up_contact(*ids, NOW).value is None


def test_the_most_opened_contacts_are_known(cache):
    user, now = uuid.uuid4(), datetime(2031, 1, 1 + random.randrange(28), tzinfo=UTC)
    often, once = uuid.uuid4(), uuid.uuid4()
    for contact, times in ((often, 3), (once, 1)):
        for _ in range(times):
            cache.look_up_contact(user, contact, now)

    mine = [contact for whose, contact in cache.most_opened_contacts(now, 100) if whose == user]

    assert mine == [often, once]


def test_without_a_server_everything_is_a_miss_and_nobody_is_limited(ids):
    user, contact = ids
    for cache in (Cache(None), Cache(RedisClient("redis://127.0.0.1:1/0"))):
        assert cache.look_up_contact(user, contact, NOW).value is None
        with cache.changing_contact(*ids), cache.changing_contacts(ids[0]):
            pass
        assert cache.take_token(ids[0], per_minute=1, burst=1) is None
        assert cache.wrote_lately(ids[0])
        assert not cache.is_up()


def test_a_contact_is_looked_up_beside_the_limit_as_it_is_without(cache, ids, redis_url):
    allowance, first = cache.open_contact(*ids, NOW, per_minute=60, burst=2)
    cache.fill_contact(first, '{"name":"Ana"}')
    with contextlib.closing(RedisClient(redis_url)) as redis:
        redis.command("SCRIPT", "FLUSH")  # as after a restart: the server knows none of the scripts
    again, found = cache.open_contact(*ids, NOW, per_minute=60, burst=2)
    refused, _ = cache.open_contact(*ids, NOW, per_minute=60, burst=2)

    assert (allowance.remaining, again.remaining, refused.remaining) == (1, 0, 0)
    assert (allowance.retry_after_ms, again.retry_after_ms) == (0, 0)
    assert refused.retry_after_ms > 0
    assert (first.value, found.value) == (None, b'{"name":"Ana"}')
    assert cache.open_contact(*ids, NOW, per_minute=0, burst=2) == (None, found)


def test_a_call_that_is_refused_opens_nothing(cache, ids):
    kept = {"per_minute": 60, "burst": 1}
    other = uuid.uuid4()
    cache.open_contact(*ids, NOW, **kept)

    refused, found = cache.open_contact(ids[0], other, NOW, **kept)

    assert refused.retry_after_ms > 0
    assert found == Lookup()
    assert (ids[0], other) not in cache.most_opened_contacts(NOW, 10_000)
    assert cache.look_up_contact(ids[0], other, NOW).lease


def test_a_server_that_does_not_answer_is_given_up_and_then_left_alone():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        redis = RedisClient(f"redis://127.0.0.1:{mute.getsockname()[1]}/0")
        with pytest.raises(RedisUnavailable) as given_up:
            redis.command("PING")
        with pytest.raises(RedisUnavailable) as left_alone:
            redis.command("PING")

    assert isinstance(given_up.value.__cause__, TimeoutError)
    assert left_alone.value.__cause__ is None


def test_a_bucket_refills_with_time(cache, ids):
    taken = [cache.take_token(ids[0], per_minute=60_000, burst=2) for _ in range(2)]
    import time

    time.sleep(0.005)

    assert [allowance.retry_after_ms for allowance in taken] == [0, 0]
    assert cache.take_token(ids[0], per_minute=60_000, burst=2).retry_after_ms == 0


def test_a_contact_is_never_older_than_the_last_answered_change(api):
    """Readers and writers race; each reader remembers the newest version whose change was answered before it asked."""
    contact = api.post("/api/crm/contacts", json={"name": "Ana", "notes": "0"}).json
    path = f"/api/crm/contacts/{contact['id']}"
    answered, stale, stop, lock = [0], [], threading.Event(), threading.Lock()

    def write():
        client = api.as_user(api.email)
        for _ in range(40):
            with lock:  # versions grow by one
                version = answered[0] + 1
                assert client.patch(path, json={"notes": str(version)}).status_code == 200
                answered[0] = version

    def read():
        client = api.as_user(api.email)
        while not stop.is_set():
            known = answered[0]
            seen = int(client.get(path).json["notes"])
            if seen < known:
                stale.append((seen, known))

    readers = [threading.Thread(target=read) for _ in range(4)]
    writers = [threading.Thread(target=write) for _ in range(2)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()

    assert answered[0] == 80
    assert stale == []


def test_an_emptied_cache_knows_nothing_and_one_out_of_reach_says_so(cache, ids):
    cache.fill_contact(cache.look_up_contact(*ids, NOW), '{"name":"Ana"}')
    cache.empty()
    assert cache.look_up_contact(*ids, NOW).value is None
    Cache(None).empty()
    with pytest.raises(Unavailable, match="the cache cannot be emptied"):
        Cache(RedisClient("redis://127.0.0.1:1/0")).empty()
