"""Interactions one by one: ids, notes, corrections, removal, and what follows from them."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest

CONTACTS = "/api/crm/contacts"
HOUR = timedelta(hours=1)
START = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def ana(api):
    return api.post(CONTACTS, json={"name": "Ana", "email": "ana@acme.example", "enrich": False}).json["id"]


def record(api, contact, kind="meeting", at=START, direction="both", **more):
    body = {"kind": kind, "at": at.isoformat(), "direction": direction, **more}
    answer = api.post(f"{CONTACTS}/{contact}/interactions", json=body)
    assert answer.status_code in {200, 201}, answer.json
    return answer.headers["Location"]


def listed(api, contact):
    return api.get(f"{CONTACTS}/{contact}/interactions").json["items"]


def strength(api, contact):
    return api.get(f"{CONTACTS}/{contact}/strength").json


def operations(api):
    return [each["kind"] for each in api.get("/api/crm/operations").json["items"]]


def undo(api, answer):
    done = api.post(f"/api/crm/operations/{answer.headers['Operation-Id']}/undo", json={})
    assert done.status_code == 200, done.json
    return done.json


def test_an_interaction_has_an_id_its_source_and_a_note(api, ana):
    url = record(api, ana, note="Talked about lenses")
    found = api.get(url)
    assert found.json == {
        "id": url.rpartition("/")[2], "at": "2026-03-01T09:00:00+00:00", "kind": "meeting", "direction": "both", "source": "hand",
        "note": "Talked about lenses",
    }  # fmt: skip
    assert listed(api, ana) == [found.json]
    assert api.get(url, headers={"If-None-Match": found.headers["ETag"]}).status_code == 304


def test_the_same_interaction_again_counts_once_and_its_note_is_renewed(api, ana):
    url = record(api, ana, note="First")
    assert record(api, ana) == url
    assert api.get(url).json["note"] == "First"
    assert record(api, ana, note="Second") == url
    assert [each["note"] for each in listed(api, ana)] == ["Second"]


def test_a_correction_keeps_the_id_and_the_tie_follows(api, ana):
    url = record(api, ana, kind="meeting")
    strong = strength(api, ana)["strength"]
    changed = api.patch(url, json={"kind": "email", "direction": "in", "at": (START - HOUR).isoformat()})
    assert (changed.status_code, changed.json["kind"]) == (200, "email")
    assert listed(api, ana) == [changed.json]
    assert changed.json["id"] == url.rpartition("/")[2]
    after = strength(api, ana)
    assert (after["evidence"]["received"], after["evidence"]["meetings"]) == (1, 0)
    assert after["strength"] is None or after["strength"] < strong
    assert after["parts"]["last_at"].startswith("2026-03-01T08:00") if after["parts"] else True

    undo(api, changed)
    assert api.get(url).json["kind"] == "meeting"
    assert strength(api, ana)["strength"] == pytest.approx(strong, rel=1e-3)


def test_the_last_one_that_is_removed_takes_the_tie_with_it_and_undo_brings_both_back(api, ana):
    url = record(api, ana, note="By mistake")
    before = strength(api, ana)
    removed = api.delete(url)
    assert removed.status_code == 204
    assert (listed(api, ana), strength(api, ana)["strength"]) == ([], None)
    assert api.get(url).status_code == 404
    undo(api, removed)
    assert api.get(url).json["note"] == "By mistake"
    assert strength(api, ana)["strength"] == pytest.approx(before["strength"], rel=1e-3)


def test_interactions_of_a_file_have_ids_that_stay_once_they_are_corrected(api, ana):
    rows = f"email,kind,at,direction\nana@acme.example,call,{START.isoformat()},out\n"
    url = f"{CONTACTS}/interactions/import"
    api.post(url, data={"file": (io.BytesIO(rows.encode()), "calls.csv")}, content_type="multipart/form-data")
    (first,) = listed(api, ana)
    assert (first["source"], first["note"]) == (None, None)
    one = f"{CONTACTS}/{ana}/interactions/{first['id']}"
    changed = api.patch(one, json={"at": (START + HOUR).isoformat(), "note": "It was later"})
    assert (changed.json["id"], changed.json["source"]) == (first["id"], None)
    assert listed(api, ana) == [changed.json]
    undo(api, changed)
    assert listed(api, ana) == [first]


def test_a_correction_onto_another_interaction_is_refused_and_changes_nothing(api, ana):
    record(api, ana, note="kept")
    url = record(api, ana, at=START + HOUR)
    answer = api.patch(url, json={"at": START.isoformat()})
    assert answer.status_code == 409
    assert "same time, kind and direction" in answer.json["detail"]
    assert sorted(each["at"][11:13] for each in listed(api, ana)) == ["09", "10"]


def test_a_correction_that_changes_nothing_keeps_the_etag_and_is_no_operation(api, ana):
    url = record(api, ana, note="n")
    etag, before = api.get(url).headers["ETag"], operations(api)
    same = api.patch(url, json={"kind": "meeting", "at": START.isoformat(), "note": "n"}, headers={"If-Match": etag})
    assert (same.status_code, same.headers["ETag"]) == (200, etag)
    assert operations(api) == before
    assert api.patch(url, json={"note": None}, headers={"If-Match": '"other"'}).status_code == 412
    assert api.patch(url, json={"note": None}).json["note"] is None


def test_what_is_known_of_interactions_follows_a_merge_and_its_undo(api, ana):
    other = api.post(CONTACTS, json={"name": "Ana Lima", "enrich": False}).json["id"]
    url = record(api, other, note="of the other")
    merged = api.post(f"{CONTACTS}/merge", json={"ids": [ana, other]})
    assert merged.status_code == 200
    assert [(each["note"], each["id"]) for each in listed(api, ana)] == [("of the other", url.rpartition("/")[2])]
    undo(api, merged)
    assert listed(api, ana) == []
    assert api.get(url).json["note"] == "of the other"


def test_what_is_known_of_interactions_follows_a_split(api, ana):
    url = record(api, ana, note="of the other")
    record(api, ana, at=START + HOUR, note="stays")
    moved = {key: value for key, value in api.get(url).json.items() if key in {"at", "kind", "direction"}}
    split = api.post(f"{CONTACTS}/{ana}/split", json={"name": "Ana Lima", "interactions": [moved]})
    assert split.status_code in {200, 201}, split.json
    assert [each["note"] for each in listed(api, ana)] == ["stays"]
    others = [each["id"] for each in api.get(CONTACTS).json["items"] if each["name"] == "Ana Lima"]
    assert [each["note"] for each in listed(api, others[0])] == ["of the other"]


def test_interactions_come_back_with_their_contact(api, ana):
    url = record(api, ana, note="kept")
    api.delete(f"{CONTACTS}/{ana}")
    assert api.get(url).status_code == 404
    assert api.post(f"{CONTACTS}/{ana}/restore").status_code == 200
    assert api.get(url).json["note"] == "kept"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": None}, "kind"), ({"at": "2126-01-01T00:00:00Z"}, "at"), ({"kind": "fax"}, "kind"), ({"note": " "}, "note"),
        ({"at": "1999-01-01T00:00:00Z"}, "at"), ({"note": "a\0b"}, "note"), ({"note": "x" * 10_001}, "note"),
    ],
)  # fmt: skip
def test_a_bad_correction_names_its_field(api, ana, body, field):
    answer = api.patch(record(api, ana), json=body)
    assert answer.status_code == 422
    assert field in answer.json["errors"][0]["field"]


def test_those_of_another_user_and_of_another_contact_are_not_found(api, ana):
    stranger = api.as_user(f"{uuid.uuid4().hex}@example.com")
    url = record(api, ana)
    wrong = api.post(CONTACTS, json={"name": "Bo", "enrich": False}).json["id"]
    for client, address in ((stranger, url), (api, url.replace(ana, wrong))):
        assert client.get(address).status_code == 404
        assert client.patch(address, json={"kind": "call"}).status_code == 404
        assert client.delete(address).status_code == 404
    assert len(listed(api, ana)) == 1
