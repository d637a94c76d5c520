"""Input at the edges of what the API takes: what changes nothing, what is too long, and the contact that stands for the user."""

from __future__ import annotations

import uuid

import pytest

ME = "/api/crm/users/me"
CONTACTS = "/api/crm/contacts"


def test_settings_of_many_patches_stay_within_the_bounds_of_one(api):
    statuses = [
        api.patch(ME, json={"settings": {f"key{number}-{n}": "x" * 500 for n in range(20)}}).status_code
        for number in range(60)
    ]
    assert set(statuses) == {200, 422} or set(statuses) == {422}
    assert len(api.get(ME).data) < 15_000


@pytest.mark.parametrize("method", ["patch", "put"])
def test_a_change_that_changes_nothing_keeps_etag_and_time(api, method):
    fields = {"name": "Ana Diaz", "email": f"ana-{uuid.uuid4().hex}@example.com", "company": "Acme", "tags": ["x"]}
    contact = api.post(CONTACTS, json=fields | {"enrich": False}).json
    before = api.get(f"{CONTACTS}/{contact['id']}")
    same = getattr(api, method)(f"{CONTACTS}/{contact['id']}", json=fields)
    after = api.get(f"{CONTACTS}/{contact['id']}")
    assert same.status_code == 200
    assert (after.headers["ETag"], after.json["updated_at"]) == (before.headers["ETag"], before.json["updated_at"])


def test_no_change_of_a_user_that_changes_nothing_is_seen(api):
    before = api.patch(ME, json={"name": "Uma User", "settings": {"theme": "dark"}}).json
    me = api.get(f"{CONTACTS}/{before['self_contact_id']}")
    assert api.patch(ME, json={"name": "Uma User", "settings": {"theme": "dark"}}).json == before
    again = api.get(f"{CONTACTS}/{before['self_contact_id']}")
    assert (again.headers["ETag"], again.json["updated_at"]) == (me.headers["ETag"], me.json["updated_at"])


def test_the_contact_of_oneself_answers_everywhere_that_a_contact_does(api):
    me = api.get(ME).json["self_contact_id"]
    made = api.post(CONTACTS, json={"name": "Uma User", "email": api.email, "enrich": False})
    assert (made.status_code, made.json["id"]) == (200, me)
    strength = api.get(f"{CONTACTS}/{me}/strength")
    assert strength.status_code == 200, strength.text
    assert api.get(f"{CONTACTS}/{me}/interactions").status_code == 200
    assert api.get(f"{CONTACTS}/{me}/history").status_code == 200
