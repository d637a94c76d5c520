"""Notes of contacts: many, dated, pinned, found by their words; they name others, and follow merging, deleting and undoing."""

from __future__ import annotations

from uuid import uuid4

import pytest

CONTACTS = "/api/crm/contacts"


class Book:
    """One user's contacts and notes, through the API."""

    def __init__(self, api):
        self.api = api

    def add(self, name, **fields):
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    def note(self, contact, text, status=201, **fields):
        answer = self.api.post(f"{CONTACTS}/{contact}/notes", json={"text": text, **fields})
        assert answer.status_code == status, answer.json
        return answer.json

    def notes(self, contact, **query):
        answer = self.api.get(f"{CONTACTS}/{contact}/notes", query_string=query)
        assert answer.status_code == 200, answer.json
        return answer.json

    def texts(self, contact):
        return [note["text"] for note in self.notes(contact)["items"]]

    def undo(self, answer):
        undone = self.api.post(f"/api/crm/operations/{answer.headers['Operation-Id']}/undo", json={})
        assert undone.status_code == 200, undone.json
        return undone.json


@pytest.fixture
def book(api):
    return Book(api)


def test_notes_stand_pinned_first_then_newest_behind_the_field_of_the_contact(book):
    ana = book.add("Ana Lima", notes="Met in Lisbon")
    old = book.note(ana, "Talked about *sailing*", at="2019-05-01T10:00:00+02:00")
    book.note(ana, "Moved to Porto", at="2024-05-01T10:00:00Z")
    book.note(ana, "Allergic to nuts", at="2018-01-01T00:00:00Z", pinned=True)

    assert book.texts(ana) == ["Met in Lisbon", "Allergic to nuts", "Moved to Porto", "Talked about *sailing*"]
    assert (old["at"], old["source"], old["mentions"], old["contact_id"]) == (
        "2019-05-01T08:00:00+00:00",
        "manual",
        [],
        ana,
    )
    pages, cursor = [], None
    for _ in range(4):
        page = book.notes(ana, limit=1, **({"cursor": cursor} if cursor else {}))
        pages += [note["text"] for note in page["items"]]
        cursor = page["next_cursor"]
    assert (pages, cursor) == (book.texts(ana), None)


def test_the_field_of_the_contact_is_its_first_note_both_ways(book):
    ana = book.add("Ana Lima", notes="Met in Lisbon")
    first = f"{CONTACTS}/{ana}/notes/{ana}"

    assert (book.api.get(first).json["text"], book.api.get(first).json["source"]) == ("Met in Lisbon", "contact")
    assert book.api.patch(first, json={"text": "Met in Porto"}).json["text"] == "Met in Porto"
    assert book.api.get(f"{CONTACTS}/{ana}").json["notes"] == "Met in Porto"
    book.api.patch(f"{CONTACTS}/{ana}", json={"notes": "Met in Faro"})
    assert book.texts(ana) == ["Met in Faro"]
    assert book.api.patch(first, json={"pinned": False}).status_code == 422
    assert book.api.delete(first).status_code == 204
    assert (book.texts(ana), book.api.get(f"{CONTACTS}/{ana}").json["notes"]) == ([], None)
    assert [book.api.get(first).status_code, book.api.delete(first).status_code] == [404, 404]


def test_a_note_is_changed_under_its_etag_and_deleted_and_all_is_undone(book):
    ana = book.add("Ana Lima")
    note = book.note(ana, "First")
    path = f"{CONTACTS}/{ana}/notes/{note['id']}"
    etag = book.api.get(path).headers["ETag"]

    same = book.api.patch(path, json={"text": "First"}, headers={"If-Match": etag})
    assert (same.status_code, same.headers["ETag"]) == (200, etag)
    changed = book.api.patch(path, json={"text": "Second", "pinned": True}, headers={"If-Match": etag})
    assert (changed.json["text"], changed.json["pinned"]) == ("Second", True)
    assert book.api.patch(path, json={"text": "Third"}, headers={"If-Match": etag}).status_code == 412
    deleted = book.api.delete(path)
    assert (deleted.status_code, book.texts(ana), book.api.get(path).status_code) == (204, [], 404)
    book.undo(deleted)
    assert book.texts(ana) == ["Second"]
    book.undo(changed)
    assert book.texts(ana) == ["First"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"), ({"text": "  \n"}, "text"), ({"text": "x" * 100_001}, "text"), ({"text": "a\0"}, "text"), ({}, "text"),
        ({"text": "a", "at": "yesterday"}, "at"), ({"text": "a", "at": "2020-01-01T00:00:00"}, "at"), ({"text": "a", "at": "1066-01-01T00:00:00Z"}, "at"),
        ({"text": "a", "pinned": 1}, "pinned"), ({"text": "a", "colour": "red"}, "colour"),
        ({"text": "[@Bo](contact:12)"}, "text"), ({"text": "[@Bo](contact:00000000-0000-0000-0000-000000000001)"}, "text"),
    ],
)  # fmt: skip
def test_a_note_that_cannot_be_names_the_field(book, fields, field):
    answer = book.api.post(f"{CONTACTS}/{book.add('Ana Lima')}/notes", json=fields)
    assert (answer.status_code, [fault["field"] for fault in answer.json["errors"]]) == (422, [field])


def test_notes_are_found_by_their_words_whatever_the_case_and_accents(book):
    ana, rui = book.add("Ana Lima"), book.add("Rui Lima")
    book.note(ana, "Loves SÃO Paulo, 100% sure", at="2020-01-01T00:00:00Z")
    book.note(rui, "Never was in Sao Paulo", at="2021-01-01T00:00:00Z")

    def found(q, **query):
        answer = book.api.get("/api/crm/notes", query_string={"q": q, **query}).json
        return [(note["contact_name"], note["contact_id"]) for note in answer["items"]], answer["next_cursor"]

    assert found("são paulo") == ([("Rui Lima", rui), ("Ana Lima", ana)], None)
    assert found("paulo 100%")[0] == [("Ana Lima", ana)]
    assert found("p_ulo")[0] == []
    first, cursor = found("", limit=1)
    assert (first, found("", limit=1, cursor=cursor)) == ([("Rui Lima", rui)], ([("Ana Lima", ana)], None))


def test_a_note_names_other_contacts_and_forgets_who_is_gone(book):
    ana, rui, zoe = book.add("Ana Lima"), book.add("Rui Lima"), book.add("Zoe Ray")
    note = book.note(ana, f"Sister of [@Rui](contact:{rui}), knows [@Zoe](contact:{zoe}) and [@Rui](contact:{rui})")
    path = f"{CONTACTS}/{ana}/notes/{note['id']}"

    assert [one["name"] for one in note["mentions"]] == ["Rui Lima", "Zoe Ray"]
    book.api.delete(f"{CONTACTS}/{zoe}")
    assert [one["id"] for one in book.api.get(path).json["mentions"]] == [rui]
    book.api.post(f"{CONTACTS}/{zoe}/restore", json={})
    assert [one["name"] for one in book.api.get(path).json["mentions"]] == ["Rui Lima", "Zoe Ray"]
    assert [
        one["name"] for one in book.api.patch(path, json={"text": f"Knows [@Z](contact:{zoe})"}).json["mentions"]
    ] == ["Zoe Ray"]


def test_another_users_notes_and_contacts_are_not_there(book, api):
    ana = book.add("Ana Lima")
    note = book.note(ana, "Secret of the fund")
    stranger = Book(api.as_user(f"{uuid4().hex}@example.com"))
    own = stranger.add("Own Contact")
    path = f"{CONTACTS}/{ana}/notes/{note['id']}"

    assert [stranger.api.get(path).status_code, stranger.api.patch(path, json={"text": "x"}).status_code] == [404, 404]
    assert [stranger.api.delete(path).status_code, stranger.api.get(f"{CONTACTS}/{ana}/notes").status_code] == [
        404,
        404,
    ]
    assert stranger.api.get(f"{CONTACTS}/{own}/notes/{note['id']}").status_code == 404
    assert stranger.note(ana, "x", status=404)
    assert stranger.note(own, f"[@A](contact:{ana})", status=422)
    assert stranger.api.get("/api/crm/notes", query_string={"q": "fund"}).json["items"] == []
    assert book.texts(ana) == ["Secret of the fund"]


def test_notes_go_to_the_trash_and_to_the_contact_of_a_merge_and_come_back(book):
    ana, also, rui = book.add("Ana Lima"), book.add("A. Lima", notes="As field"), book.add("Rui Lima")
    book.note(also, f"Dated, with [@Rui](contact:{rui})", at="2020-01-01T00:00:00Z")
    naming = book.note(rui, f"Knows [@A](contact:{also})")

    book.api.delete(f"{CONTACTS}/{also}")
    assert book.api.get("/api/crm/notes", query_string={"q": "dated"}).json["items"] == []
    book.api.post(f"{CONTACTS}/{also}/restore", json={})
    assert len(book.texts(also)) == 2
    merged = book.api.post(f"{CONTACTS}/merge", json={"ids": [ana, also]})
    assert [note["text"][:8] for note in book.notes(ana)["items"]] == ["As field", "Dated, w"]
    assert [one["name"] for one in book.notes(ana)["items"][1]["mentions"]] == ["Rui Lima"]
    of_rui = book.api.get(f"{CONTACTS}/{rui}/notes/{naming['id']}").json
    assert [one["id"] for one in of_rui["mentions"]] == [ana]
    book.undo(merged)
    assert (book.texts(ana), len(book.texts(also))) == ([], 2)
    assert [one["id"] for one in book.api.get(f"{CONTACTS}/{rui}/notes/{naming['id']}").json["mentions"]] == [also]


def test_an_erased_user_leaves_no_note_and_no_circle(book, owner, user_id):
    ana = book.add("Ana Lima")
    book.note(ana, f"Self [@Ana](contact:{ana})")
    circle = book.api.post("/api/crm/circles", json={"name": "Friends"}).json["id"]
    book.api.post(f"/api/crm/circles/{circle}/members", json={"add": [ana]})

    assert book.api.delete("/api/crm/users/me").status_code == 204
    for table in ("notes", "note_mentions", "circles", "circle_members", "changes"):
        assert owner.run(f"select count(*) from crm.{table} where user_id = :u", u=user_id) == [[0]], table
