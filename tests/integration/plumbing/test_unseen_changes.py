"""What the cache could not be told of is noted in Postgres, and told to it later."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from werkzeug.test import Client

from dev.processes import free_port
from shared.edge.deps import deps
from shared.errors import NotFound, Unavailable
from shared.plumbing.redis import unseen_changes
from shared.plumbing.redis.cache import Cache
from shared.plumbing.redis.client import RedisClient

CONTACTS = "/api/crm/contacts"


@pytest.fixture
def nowhere():
    """A Redis that nobody reaches."""
    return RedisClient(f"redis://127.0.0.1:{free_port()}/0")


@pytest.fixture
def contact(api):
    made = api.post(CONTACTS, json={"name": "Mei Tanaka", "enrich": False}).json
    assert api.get(f"{CONTACTS}/{made['id']}").status_code == 200  # cached from now on
    return made


@pytest.fixture
def cut_off(gateway, nowhere, database, monkeypatch):
    """This process reaches Redis no more, others do: `cut_off()`, and `cut_off.back()`."""

    class CutOff:
        def __call__(self):
            made = Cache(nowhere, lambda user_id, within_s: unseen_changes.note(database, user_id, within_s))
            self._kept = deps().cache
            monkeypatch.setitem(deps().__dict__, "cache", made)

        def back(self):
            monkeypatch.setitem(deps().__dict__, "cache", self._kept)

    return CutOff()


def relay(gateway):
    answer = Client(gateway._functions.app("relay_outbox")).post("/")
    assert answer.status_code == 200, answer.text


def noted(owner, user_id):
    return owner.run("select count(*) from crm.missed_changes where user_id = :u", u=user_id)[0][0]


@pytest.mark.parametrize("way", ["patch", "import"])
def test_a_change_past_the_cache_is_made_known_to_it_by_the_relay(api, contact, gateway, cut_off, owner, user_id, way):
    path = f"{CONTACTS}/{contact['id']}"
    cut_off()
    if way == "patch":
        assert api.patch(path, json={"notes": "new"}).status_code == 200
    else:
        again = json.dumps([{"id": contact["id"], "name": "Mei Tanaka", "notes": "new"}])
        assert api.post(f"{CONTACTS}/import", data=again, content_type="application/json").status_code == 200
    cut_off.back()
    relay(gateway)

    ((written,),) = owner.run("select notes from crm.contacts where id = :id", id=contact["id"])
    assert api.get(path).json["notes"] == written == "new"


def test_it_is_told_again_until_the_change_is_surely_over(database, cache, owner, user_id):
    unseen_changes.note(database, user_id, 60)
    unseen_changes.pass_on(database, cache)
    assert noted(owner, user_id) == 1
    owner.run("update crm.missed_changes set until = now() where user_id = :u", u=user_id)
    unseen_changes.pass_on(database, cache)
    assert noted(owner, user_id) == 0


def test_what_redis_cannot_be_told_stays_noted(database, nowhere, owner, user_id):
    unseen_changes.note(database, user_id, 0)
    assert unseen_changes.pass_on(database, Cache(nowhere)) == 0
    assert noted(owner, user_id) == 1


def test_nothing_is_changed_that_nobody_could_be_told_of(nowhere, user_id):
    def fail(*_):
        raise Unavailable

    changed = []
    with pytest.raises(Unavailable), Cache(nowhere, fail).changing_contact(user_id, user_id):
        changed.append(1)
    assert not changed


@pytest.mark.parametrize(("error", "is_filled"), [(Unavailable, False), (KeyError, False), (NotFound, True)])
@pytest.mark.parametrize("many", [False, True])
def test_a_change_that_may_have_been_saved_keeps_its_mark(cache, user_id, error, is_filled, many):
    now = datetime.now(UTC)
    changing = cache.changing_contacts(user_id) if many else cache.changing_contact(user_id, user_id)
    with pytest.raises(error), changing:
        raise error
    cache.fill_contact(cache.look_up_contact(user_id, user_id, now), "{}")
    assert (cache.look_up_contact(user_id, user_id, now).value is not None) == is_filled
