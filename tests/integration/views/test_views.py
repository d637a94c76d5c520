"""Saved views keep filters, order and columns, are the user's own, and can be undone."""

from __future__ import annotations

from uuid import uuid4

import pytest

CONTACTS = "/api/crm/contacts"
VIEWS = "/api/crm/views"


def test_a_view_answers_the_query_string_that_lists_its_contacts(api):
    assert api.post("/api/crm/fields", json={"name": "Size", "kind": "number"}).status_code == 201
    for name, size, tags in (("Ana", 5, ["vip"]), ("Rui", 30, ["vip", "eu"]), ("Zoe", 20, ["vip"]), ("Kim", 99, [])):
        api.post(CONTACTS, json={"name": name, "enrich": False, "tags": tags, "custom": {"Size": size}})
    given = {
        "name": "Big friends", "filter": {"tag": ["vip", "eu"], "tag_mode": "any", "has_email": False, "custom_from": {"Size": 10}},
        "sort": "-custom.Size", "columns": ["company", "custom.Size", "last_contact"],
    }  # fmt: skip
    made = api.post(VIEWS, json=given)
    assert made.status_code == 201, made.json
    assert {name: made.json[name] for name in given} == given
    assert api.get(made.headers["Location"]).json == made.json
    listed = api.get(f"{CONTACTS}?{made.json['query']}")
    assert [contact["name"] for contact in listed.json["items"]] == ["Rui", "Zoe"]


def test_views_stand_in_their_order_and_changes_are_undone(api):
    first, second = (api.post(VIEWS, json={"name": name}).json["id"] for name in ("First", "Second"))
    changed = api.patch(f"{VIEWS}/{first}", json={"name": "Last", "place": 9, "sort": "-strength"})
    assert (changed.json["name"], changed.json["filter"], changed.json["query"]) == ("Last", {}, "sort=-strength")
    assert [view["name"] for view in api.get(VIEWS).json["items"]] == ["Second", "Last"]
    gone = api.delete(f"{VIEWS}/{second}")
    assert gone.status_code == 204
    for answer in (gone, changed):
        assert api.post(f"/api/crm/operations/{answer.headers['Operation-Id']}/undo", json={}).status_code == 200
    assert [view["name"] for view in api.get(VIEWS).json["items"]] == ["First", "Second"]


@pytest.fixture
def other(api):
    return api.as_user(f"{uuid4().hex}@example.com")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"filter": {"tags": "x"}}, "filter.tags"),
        ({"filter": {"custom_to": {"Nope": "1"}}}, "filter.custom_to.Nope"),
        ({"filter": {"cursor": "x"}}, "filter.cursor"),
        ({"sort": "age"}, "sort"),
        ({"columns": ["age"]}, "columns.0"),
        ({"columns": ["name", "name"]}, "columns"),
        ({"name": " "}, "name"),
    ],
)
def test_a_bad_view_is_refused_by_name(api, body, field):
    problem = api.post(VIEWS, json={"name": "X", **body})
    assert (problem.status_code, problem.json["errors"][0]["field"]) == (422, field), problem.json


def test_views_are_the_users_own_and_have_names_of_their_own(api, other):
    view = api.post(VIEWS, json={"name": "Mine"}).json["id"]
    assert api.post(VIEWS, json={"name": "mine"}).status_code == 409
    assert {other.get(f"{VIEWS}/{view}").status_code, other.delete(f"{VIEWS}/{view}").status_code} == {404}
    assert other.patch(f"{VIEWS}/{view}", json={"name": "Theirs"}).status_code == 404
    assert other.get(VIEWS).json == {"items": []}
