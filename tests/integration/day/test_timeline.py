"""The timeline tells what happened with a contact, folded by month, page by page, newest first."""

from __future__ import annotations

import json

import pytest

CONTACTS = "/api/crm/contacts"


class Life:
    """What happens with one contact, through the API."""

    def __init__(self, api):
        self.api = api
        self.contact = self.add("Ana Lima", company="Acme")

    def add(self, name, **fields):
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    def talk(self, at, kind="email", direction="in"):
        answer = self.api.post(
            f"{CONTACTS}/{self.contact}/interactions", json={"kind": kind, "at": at, "direction": direction}
        )
        assert answer.status_code == 201, answer.json

    def note(self, text, at, contact=None):
        self.api.post(f"{CONTACTS}/{contact or self.contact}/notes", json={"text": text, "at": at})

    def timeline(self, status=200, **query):
        answer = self.api.get(f"{CONTACTS}/{self.contact}/timeline", query_string=query)
        assert answer.status_code == status, answer.json
        return answer.json


@pytest.fixture
def life(api):
    return Life(api)


def test_what_happened_stands_in_one_line_folded_by_month_and_kind(life):
    for day in range(1, 15):
        life.talk(f"2024-03-{day:02d}T10:00:00Z", direction="in" if day % 2 else "out")
    life.talk("2024-03-20T10:00:00Z", kind="meeting", direction="both")
    life.talk("2024-04-01T10:00:00Z")
    life.note("Met at the fair", "2024-03-25T00:00:00Z")
    rui = life.add("Rui Lima")
    life.note(f"Brother of [@Ana](contact:{life.contact})", "2024-02-01T00:00:00Z", contact=rui)
    life.api.patch(f"{CONTACTS}/{life.contact}", json={"company": "Borealis", "title": "CFO", "notes": "x"})

    entries = life.timeline()["items"]

    assert [entry["kind"] for entry in entries] == [
        "job",
        "added",
        "interactions",
        "note",
        "interactions",
        "interactions",
        "note",
    ]
    assert entries[0]["fields"] == [
        {"field": "title", "before": None, "after": "CFO"}, {"field": "company", "before": "Acme", "after": "Borealis"},
    ] or {one["field"] for one in entries[0]["fields"]} == {"title", "company"}  # fmt: skip
    mails = entries[5]
    assert (mails["interaction"], mails["month"], mails["count"], mails["sent"], mails["received"]) == (
        "email",
        "2024-03",
        14,
        7,
        7,
    )
    assert (mails["at"], mails["first_at"]) == ("2024-03-14T10:00:00+00:00", "2024-03-01T10:00:00+00:00")
    assert entries[6]["contact"] == {"id": rui, "name": "Rui Lima"}
    assert [entry["kind"] for entry in life.timeline(kind="note,job")["items"]] == ["job", "note", "note"]
    assert life.timeline(status=422, kind="notes")["errors"][0]["field"] == "kind"


def test_pages_tell_everything_once(life):
    for month in range(1, 10):
        for day in (3, 17):
            life.talk(f"2023-{month:02d}-{day:02d}T10:00:00Z")
            life.talk(f"2023-{month:02d}-{day:02d}T10:00:00Z", kind="call", direction="both")
        life.note(f"Note {month}", f"2023-{month:02d}-17T10:00:00Z")
    everything = life.timeline(limit=200)["items"]
    told, cursor = [], None
    while True:
        page = life.timeline(limit=2, **({"cursor": cursor} if cursor else {}))
        told += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert told == everything
    assert len(everything) == 9 * 3 + 1


def test_what_sources_saw_is_told_for_each_source(life):
    life.api.patch(f"{CONTACTS}/{life.contact}", json={"email": "ana@mail.example"})
    source = life.api.post(
        "/api/crm/sources", json={"kind": "mail_file", "name": "Old mail", "addresses": ["me@own.example"]}
    ).json["id"]
    people = {"from": {"address": "ana@mail.example"}, "to": [{"address": "me@own.example"}]}
    lines = "\n".join(json.dumps({"id": f"<{n}@x>", "at": f"2021-0{n}-01T00:00:00Z", **people}) for n in (1, 5, 9))
    life.api.post(f"/api/crm/sources/{source}/messages", data=lines, content_type="application/x-ndjson")
    (entry,) = life.timeline(kind="source")["items"]
    assert (entry["source"], entry["received"], entry["first_at"], entry["at"]) == (
        "Old mail",
        3,
        "2021-01-01T00:00:00+00:00",
        "2021-09-01T00:00:00+00:00",
    )


def test_another_users_timeline_is_not_there(life):
    answer = life.api.as_user("stranger-of-timelines@example.com").get(f"{CONTACTS}/{life.contact}/timeline")
    assert answer.status_code == 404
