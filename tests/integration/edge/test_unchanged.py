"""A PATCH that changes nothing leaves the document and its ETag as they are, over the whole API."""

from __future__ import annotations

import uuid

import pytest

from shared.manifest import functions

CONTACTS = "/api/crm/contacts"


def contact(api):
    body = {"name": "Ana Lima", "email": f"{uuid.uuid4().hex}@example.com", "tags": ["lens"], "enrich": False}
    return f"{CONTACTS}/{api.post(CONTACTS, json=body).json['id']}", ("name", "email", "tags", "title")


def note(api):
    of, _ = contact(api)
    return f"{of}/notes/{api.post(f'{of}/notes', json={'text': 'Likes tea'}).json['id']}", ("text", "at", "pinned")


def interaction(api):
    of, _ = contact(api)
    body = {"kind": "call", "at": "2026-03-01T09:00:00Z", "note": "n"}
    return api.post(f"{of}/interactions", json=body).headers["Location"], ("kind", "at", "direction", "note")


def circle(api):
    made = api.post("/api/crm/circles", json={"name": "Friends"}).json["id"]
    return f"/api/crm/circles/{made}", ("name", "colour")


def source(api):
    body = {"kind": "mail_file", "name": "Old mail", "addresses": ["me@example.com"]}
    return f"/api/crm/sources/{api.post('/api/crm/sources', json=body).json['id']}", ("name", "addresses")


def webhook(api):
    body = {"url": "https://example.com/hooks", "events": ["*"]}
    return f"/api/crm/webhooks/{api.post('/api/crm/webhooks', json=body).json['id']}", ("url", "events", "active")


def field(api):
    made = api.post(
        "/api/crm/fields", json={"name": f"Field {uuid.uuid4().hex}", "kind": "choice", "choices": ["A", "B"]}
    ).json["id"]
    return f"/api/crm/fields/{made}", ("name", "kind", "choices", "place")


def view(api):
    made = api.post(
        "/api/crm/views", json={"name": f"View {uuid.uuid4().hex}", "filter": {"tag": "lens"}, "columns": ["title"]}
    )
    return f"/api/crm/views/{made.json['id']}", ("name", "filter", "sort", "columns", "place")


def user(api):
    return "/api/crm/users/me", ("name",)


MADE = {
    "update_contact": contact, "update_note": note, "update_interaction": interaction, "update_circle": circle, "update_source": source,
    "update_webhook": webhook, "update_field": field, "update_view": view, "update_user": user,
}  # fmt: skip


def test_no_patch_is_left_out():
    assert MADE.keys() == {name for name, function in functions().items() if function.method == "PATCH"}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
@pytest.mark.parametrize("one_by_one", [False, True])
def test_a_patch_that_changes_nothing_leaves_all_as_it_was(api, make, one_by_one):
    url, fields = make(api)
    before = api.get(url)
    assert before.status_code == 200
    same = {field: before.json[field] for field in fields}
    for body in [{name: value} for name, value in same.items()] if one_by_one else [same, {}]:
        answer = api.patch(url, json=body)
        assert answer.status_code == 200, (body, answer.json)
        after = api.get(url)
        assert after.json == before.json, body
        assert after.headers.get("ETag") == before.headers.get("ETag"), body
