"""The ways of the whole API that integrators rely on: upserts, documents sent back, preconditions, changes that change nothing."""

from __future__ import annotations

import pytest

CONTACTS = "/api/crm/contacts"


@pytest.fixture
def ana(api):
    return api.post(
        CONTACTS,
        json={"name": "Ana Rao", "email": "ana@x.example", "tags": ["lens"], "custom": {"a": "1"}, "enrich": False},
    ).json


def test_what_a_get_answers_can_be_put_back(api, ana):
    read = api.get(f"{CONTACTS}/{ana['id']}")
    put = api.put(f"{CONTACTS}/{ana['id']}", json=read.json | {"title": "Optician"})
    assert put.status_code == 200, put.text
    assert put.json["title"] == "Optician"
    assert put.json["created_at"] == read.json["created_at"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("id", "3f0c9a4e-1d7b-4a53-9a0e-6b8f5d2c7e11"), ("source", "import"), ("is_self", True), ("created_at", "2020-01-01T00:00:00+00:00"), ("enrichment", {"x": 1}), ("updated_at", None)],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_where_it_differs(api, ana, field, value):
    answer = api.put(f"{CONTACTS}/{ana['id']}", json=ana | {field: value, "title": "Optician"})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert api.get(f"{CONTACTS}/{ana['id']}").json["title"] is None


def test_a_put_that_wants_a_new_contact_is_refused_for_an_old_one(api, ana):
    path, etag = f"{CONTACTS}/{ana['id']}", api.get(f"{CONTACTS}/{ana['id']}").headers["ETag"]
    assert api.put(path, json={"name": "B"}, headers={"If-None-Match": "*"}).status_code == 412
    assert api.put(path, json={"name": "B"}, headers={"If-None-Match": etag}).status_code == 412
    assert api.patch(path, json={"name": "B"}, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize(
    "patch", [{}, {"name": "Ana Rao"}, {"tags": ["lens"]}, {"custom": {"a": "1"}}, {"email": "ana@x.example"}]
)
def test_a_patch_that_changes_nothing_leaves_version_and_time(api, ana, patch):
    before = api.get(f"{CONTACTS}/{ana['id']}")
    after = api.patch(f"{CONTACTS}/{ana['id']}", json=patch)
    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.json["updated_at"] == before.json["updated_at"]


def test_an_upsert_changes_what_it_gives_and_keeps_the_rest(api, ana):
    answer = api.post(
        f"{CONTACTS}?on_conflict=update",
        json={
            "name": "Ana Rao",
            "email": "ANA@x.example",
            "title": "Optician",
            "custom": {"b": "2"},
            "emails": ["ana@x.example", "a2@x.example"],
        },
    )
    assert answer.status_code == 200
    assert answer.json["id"] == ana["id"]
    assert (answer.json["title"], answer.json["tags"], answer.json["custom"]) == (
        "Optician",
        ["lens"],
        {"a": "1", "b": "2"},
    )
    assert answer.json["emails"] == ["ana@x.example", "a2@x.example"]
    assert api.get(f"{CONTACTS}/{ana['id']}").json == answer.json


def test_an_upsert_of_another_person_s_address_is_refused(api, ana):
    body = {"name": "Wolfgang Petersen", "email": "ana@x.example"}
    answer = api.post(f"{CONTACTS}?on_conflict=update", json=body)
    assert (answer.status_code, answer.json["code"]) == (409, "shared_address")
    assert ana["id"] in answer.json["detail"]
    assert api.post(f"{CONTACTS}?on_conflict=return", json=body).status_code == 200
    assert (
        api.post(f"{CONTACTS}?on_conflict=error", json={"name": "Ana Rao", "email": "ana@x.example"}).status_code == 409
    )


def test_a_new_contact_is_added_by_an_upsert(api):
    answer = api.post(f"{CONTACTS}?on_conflict=update", json={"name": "Bo", "email": "bo@x.example"})
    assert answer.status_code == 201
