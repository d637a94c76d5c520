"""A contact that is two people becomes two: what is chosen goes to a new contact, by one operation that can be undone."""

from __future__ import annotations

from uuid import uuid4

import pytest

CONTACTS = "/api/crm/contacts"


@pytest.fixture
def both(api):
    """A contact of two people, and a third whom both know."""
    rui = api.post(CONTACTS, json={"name": "Rui Costa", "enrich": False}).json["id"]
    made = api.post(CONTACTS, json={
        "name": "Ana Lima", "emails": ["ana@a.example", "zoe@b.example", "zoe@c.example"], "phones": ["+1 555 0100", "+1 555 0200"],
        "company": "Acme", "title": "CTO", "notes": "Met in Porto", "tags": ["vip", "zoe"], "custom": {"Team": "Red", "Dog": "Rex"}, "enrich": False,
    }).json["id"]  # fmt: skip
    api.put(
        "/api/crm/graph/relationships",
        json={"from_contact_id": made, "to_contact_id": rui, "strength": 0.5, "mutual": True},
    )
    for day in ("02", "03"):
        api.post(
            f"{CONTACTS}/{made}/interactions",
            json={"kind": "call", "at": f"2026-01-{day}T03:04:05Z", "direction": "out"},
        )
    return made, rui


def shown(api, contact):
    found = api.get(f"{CONTACTS}/{contact}").json
    return {
        name: value for name, value in found.items() if name not in {"id", "created_at", "updated_at", "enrichment"}
    }


def interactions(api, contact):
    return api.get(f"{CONTACTS}/{contact}/interactions").json["items"]


def ties(api, contact):
    return {
        (tie["from_contact_id"], tie["to_contact_id"]): round(tie["strength"], 3)
        for tie in api.get(f"/api/crm/graph/relationships?contact_id={contact}&limit=200").json["items"]
    }


def test_chosen_facts_go_to_a_new_contact_and_one_undo_brings_them_back(api, both):
    made, rui = both
    before, tied, met = shown(api, made), ties(api, made), interactions(api, made)
    moved = {"at": met[0]["at"], "kind": met[0]["kind"], "direction": met[0]["direction"]}

    answer = api.post(f"{CONTACTS}/{made}/split", json={
        "name": "Zoe Ray", "emails": ["ZOE@b.example", "zoe@c.example"], "phones": ["+1 555 0200"], "tags": ["zoe"], "fields": ["title", "notes"],
        "custom": ["Dog"], "ties": [rui], "interactions": [moved],
    })  # fmt: skip

    assert answer.status_code == 201, answer.json
    zoe = answer.json["new_contact"]["id"]
    assert answer.headers["Location"] == f"{CONTACTS}/{zoe}"
    new, old = shown(api, zoe), shown(api, made)
    assert (new["name"], new["email"], new["emails"]) == (
        "Zoe Ray",
        "zoe@b.example",
        ["zoe@b.example", "zoe@c.example"],
    )
    assert (new["phones"], new["tags"], new["title"], new["notes"], new["custom"]) == (
        ["+1 555 0200"],
        ["zoe"],
        "CTO",
        "Met in Porto",
        {"Dog": "Rex"},
    )
    assert (new["company"], old["company"], old["title"], old["notes"]) == (None, "Acme", None, None)
    assert (old["emails"], old["phones"], old["tags"], old["custom"]) == (
        ["ana@a.example"],
        ["+1 555 0100"],
        ["vip"],
        {"Team": "Red"},
    )
    assert ties(api, zoe)[zoe, rui] == ties(api, rui)[rui, zoe] == 0.5
    assert not any(rui in ends for ends in ties(api, made))
    assert (len(interactions(api, zoe)), len(interactions(api, made))) == (1, 1)
    assert api.get(f"{CONTACTS}/duplicates").json["items"] == []

    undone = api.post(f"/api/crm/operations/{answer.json['operation_id']}/undo", json={})

    assert undone.json["kept_total"] == 0, undone.json
    assert api.get(f"{CONTACTS}/{zoe}").status_code == 404
    assert (shown(api, made), ties(api, made), interactions(api, made)) == (before, tied, met)


def notes(api, contact):
    return {
        note["text"] for note in api.get(f"{CONTACTS}/{contact}/notes").json["items"] if note["source"] != "contact"
    }


def test_chosen_notes_and_what_is_known_of_talks_go_along_and_come_back(api, both):
    made, _ = both
    kept, moved = (
        api.post(f"{CONTACTS}/{made}/notes", json={"text": text}).json["id"] for text in ("Of Ana", "Of Zoe")
    )
    talk = {"kind": "meeting", "at": "2026-01-05T03:04:05Z", "direction": "both"}
    api.post(f"{CONTACTS}/{made}/interactions", json=talk | {"note": "Lunch in Porto"})
    before = interactions(api, made)

    answer = api.post(f"{CONTACTS}/{made}/split", json={"name": "Zoe Ray", "note_ids": [moved], "interactions": [talk]})

    assert answer.status_code == 201, answer.json
    zoe = answer.json["new_contact"]["id"]
    assert (notes(api, made), notes(api, zoe)) == ({"Of Ana"}, {"Of Zoe"})
    assert [met["note"] for met in interactions(api, zoe)] == ["Lunch in Porto"]

    undone = api.post(f"/api/crm/operations/{answer.json['operation_id']}/undo", json={})

    assert undone.json["kept_total"] == 0, undone.json
    assert notes(api, made) == {"Of Ana", "Of Zoe"}
    assert api.get(f"{CONTACTS}/{made}/notes/{kept}").status_code == 200
    assert interactions(api, made) == before


def test_the_first_address_may_go_and_another_takes_its_place(api, both):
    made, _ = both
    answer = api.post(f"{CONTACTS}/{made}/split", json={"emails": ["ana@a.example"]})
    assert (answer.json["contact"]["email"], answer.json["new_contact"]["email"]) == ("zoe@b.example", "ana@a.example")


BAD = {
    "an address of another": ({"name": "Zoe", "emails": ["x@x.example"]}, "emails.0"),
    "a blank field": ({"name": "Zoe", "fields": ["birthday"]}, "fields.0"),
    "an unknown field": ({"name": "Zoe", "fields": ["name"]}, "fields.0"),
    "a phone in another spelling": ({"name": "Zoe", "phones": ["+15550100"]}, "phones.0"),
    "a tie that is not there": ({"name": "Zoe", "ties": [str(uuid4())]}, "ties.0"),
    "an interaction that is not there": ({"name": "Zoe", "interactions": [{"at": "2020-01-01T00:00:00Z", "kind": "call", "direction": "in"}]}, "interactions"),
    "a note that is not there": ({"name": "Zoe", "note_ids": [str(uuid4())]}, "note_ids.0"),
    "nothing": ({"name": "Zoe"}, "body"),
    "nobody": ({"phones": ["+1 555 0100"]}, "name"),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "field"), [pytest.param(*case, id=name) for name, case in BAD.items()])
def test_what_the_contact_does_not_have_is_refused_by_name_and_nothing_changes(api, both, request_, field):
    made, _ = both
    before = shown(api, made)
    answer = api.post(f"{CONTACTS}/{made}/split", json=request_)

    assert answer.status_code == 422, answer.json
    assert field in {error["field"] for error in answer.json["errors"]}, answer.json
    assert shown(api, made) == before


def test_oneself_and_what_is_not_there_cannot_be_split(api, both):
    myself = next(c["id"] for c in api.get(CONTACTS).json["items"] if c["is_self"])
    assert api.post(f"{CONTACTS}/{myself}/split", json={"name": "Me", "tags": ["x"]}).status_code == 409
    assert api.post(f"{CONTACTS}/{uuid4()}/split", json={"name": "Me", "tags": ["x"]}).status_code == 404
    assert (
        api.as_user("split-stranger@example.com")
        .post(f"{CONTACTS}/{both[0]}/split", json={"name": "M", "tags": ["vip"]})
        .status_code
        == 404
    )
