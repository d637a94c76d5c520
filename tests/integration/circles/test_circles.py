"""Circles name their members or find them; they filter every list, and follow merging, deleting and undoing."""

from __future__ import annotations

from uuid import uuid4

import pytest

CONTACTS = "/api/crm/contacts"
CIRCLES = "/api/crm/circles"


class Book:
    """One user's contacts and circles, through the API."""

    def __init__(self, api):
        self.api = api

    def add(self, name, **fields):
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    def circle(self, name, status=201, **fields):
        answer = self.api.post(CIRCLES, json={"name": name, **fields})
        assert answer.status_code == status, answer.json
        return answer.json["id"] if status == 201 else answer.json

    def change(self, circle, status=200, **change):
        answer = self.api.post(f"{CIRCLES}/{circle}/members", json=change)
        assert answer.status_code == status, answer.json
        return answer.json

    def members(self, circle, **query):
        answer = self.api.get(CONTACTS, query_string={"circle": circle, **query})
        assert answer.status_code == 200, answer.json
        return [contact["name"] for contact in answer.json["items"]]

    def bulk(self, status=200, **request):
        answer = self.api.post(f"{CONTACTS}/bulk", json=request)
        assert answer.status_code == status, answer.json
        return answer.json

    def undo(self, answer):
        undone = self.api.post(f"/api/crm/operations/{answer.headers['Operation-Id']}/undo", json={})
        assert undone.status_code == 200, undone.json
        return undone.json


@pytest.fixture
def book(api):
    return Book(api)


def test_a_contact_is_in_many_circles_and_lists_and_searches_narrow_to_one(book):
    ana, rui, zoe = book.add("Ana Lima"), book.add("Rui Lima"), book.add("Zoe Ray")
    friends, investors = book.circle("Friends", colour="#FF8800", every_days=30), book.circle("Investors")

    assert book.change(friends, add=[ana, rui, ana]) == {"added": 2, "removed": 0}
    assert book.change(investors, add=[ana, zoe]) == {"added": 2, "removed": 0}

    assert (book.members(friends), book.members(investors)) == (["Ana Lima", "Rui Lima"], ["Ana Lima", "Zoe Ray"])
    found = book.api.get(f"{CONTACTS}/search", query_string={"q": "lima", "circle": investors, "include_total": "true"})
    assert ([one["name"] for one in found.json["items"]], found.json["total"]) == (["Ana Lima"], 1)
    one = book.api.get(f"{CIRCLES}/{friends}")
    assert one.json | {"id": None, "created_at": None, "updated_at": None} == {
        "id": None, "name": "Friends", "colour": "#ff8800", "filter": None, "every_days": 30, "members": 2,
        "created_at": None, "updated_at": None,
    }  # fmt: skip
    assert one.headers["ETag"]
    of_ana = book.api.get(CIRCLES, query_string={"contact_id": ana}).json["items"]
    assert [circle["name"] for circle in of_ana] == ["Friends", "Investors"]
    assert book.change(friends, add=[zoe], remove=[ana]) == {"added": 1, "removed": 1}
    assert book.members(friends) == ["Rui Lima", "Zoe Ray"]


def test_a_smart_circle_finds_its_members_by_the_filters_of_the_list_and_keeps_finding(book):
    book.add("Ana Lima", tags=["VIP"], company="Acme")
    rui = book.add("Rui Lima", company="Acme")
    book.add("Zoe Ray", tags=["vip"])
    smart = book.circle("VIPs of Acme", filter={"tag": ["vip"], "company": "ACME"})

    assert book.members(smart) == ["Ana Lima"]
    book.api.patch(f"{CONTACTS}/{rui}", json={"tags": ["Vip"]})
    assert book.members(smart) == ["Ana Lima", "Rui Lima"]
    assert book.members(smart, tag="vip", has_email="false") == ["Ana Lima", "Rui Lima"]
    assert book.api.get(f"{CIRCLES}/{smart}").json["members"] == 2
    assert book.api.get(f"{CIRCLES}/{smart}").json["filter"] == {"tag": ["vip"], "company": "ACME"}
    assert [one["members"] for one in book.api.get(CIRCLES).json["items"]] == [None]
    assert [one["id"] for one in book.api.get(CIRCLES, query_string={"contact_id": rui}).json["items"]] == [smart]
    refused = book.change(smart, status=409, add=[rui])
    assert "filter" in refused["detail"]


def test_a_circle_becomes_smart_and_named_again(book):
    ana, _ = book.add("Ana Lima", tags=["x"]), book.add("Rui Lima", tags=["y"])
    circle = book.circle("Both")
    book.change(circle, add=[ana])

    assert book.api.patch(f"{CIRCLES}/{circle}", json={"filter": {"tag": "y"}}).json["members"] == 1
    assert book.members(circle) == ["Rui Lima"]
    changed = book.api.patch(f"{CIRCLES}/{circle}", json={"filter": None, "colour": "#000000"})
    assert (changed.json["members"], changed.json["filter"], changed.json["colour"]) == (0, None, "#000000")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"), ({"name": "x" * 101}, "name"), ({"name": "A\0"}, "name"), ({"name": "A", "colour": "red"}, "colour"),
        ({"name": "A", "filter": {"tga": "x"}}, "filter.tga"), ({"name": "A", "filter": {}}, "filter"), ({"name": "A", "every_days": 0}, "every_days"),
        ({"name": "A", "filter": {"circle": str(uuid4())}}, "filter.circle"), ({"name": "A", "members": 3}, "members"),
    ],
)  # fmt: skip
def test_a_circle_that_cannot_be_names_the_field(book, fields, field):
    answer = book.api.post(CIRCLES, json=fields)
    assert (answer.status_code, [fault["field"] for fault in answer.json["errors"]]) == (422, [field])


def test_two_circles_have_not_one_name_and_a_patch_to_null_is_refused(book):
    circle = book.circle("Friends")
    assert "Friends" in book.circle("FRIENDS".title(), status=409)["detail"]
    other = book.circle("Others")
    assert book.api.patch(f"{CIRCLES}/{other}", json={"name": "friends"}).status_code == 409
    assert book.api.patch(f"{CIRCLES}/{circle}", json={"name": None}).status_code == 422
    unchanged = book.api.patch(f"{CIRCLES}/{circle}", json={"name": "Friends"}).json
    assert unchanged["updated_at"] == unchanged["created_at"]


def test_another_users_circles_and_contacts_are_not_there(book, api):
    circle, ana = book.circle("Friends"), book.add("Ana Lima")
    book.change(circle, add=[ana])
    stranger = Book(api.as_user(f"{uuid4().hex}@example.com"))
    own = stranger.circle("Mine")

    assert stranger.api.get(f"{CIRCLES}/{circle}").status_code == 404
    assert stranger.api.patch(f"{CIRCLES}/{circle}", json={"name": "x"}).status_code == 404
    assert stranger.api.delete(f"{CIRCLES}/{circle}").status_code == 404
    assert stranger.change(own, status=404, add=[ana])
    assert stranger.members(circle) == []
    assert stranger.bulk(status=404, ids=[ana], action="circle", value=circle)
    assert book.members(circle) == ["Ana Lima"]


def test_many_contacts_come_and_go_by_one_change_with_one_undo(book):
    ana, rui = book.add("Ana Lima", tags=["VIP"]), book.add("Rui Lima", tags=["VIP"])
    me = book.api.get("/api/crm/users/me").json["self_contact_id"]
    circle = book.circle("VIPs")

    came = book.bulk(filter={"tag": "vip"}, action="circle", value=circle)
    assert (came["changed"], book.members(circle)) == (2, ["Ana Lima", "Rui Lima"])
    mine = book.bulk(ids=[ana, me], action="circle", value={"add": circle})
    assert (mine["changed"], mine["unchanged"], [one["code"] for one in mine["failed"]]) == (0, 1, ["conflict"])
    went = book.bulk(ids=[ana], action="circle", value={"remove": circle})
    assert (went["changed"], book.members(circle)) == (1, ["Rui Lima"])
    book.api.post(f"/api/crm/operations/{went['operation_id']}/undo", json={})
    assert book.members(circle) == ["Ana Lima", "Rui Lima"]
    book.api.post(f"/api/crm/operations/{came['operation_id']}/undo", json={})
    assert book.members(circle) == []
    for value in (None, "x", {"add": circle, "remove": circle}, {}, [circle]):
        assert book.bulk(status=422, ids=[rui], action="circle", value=value)


def test_a_deleted_circle_comes_back_with_its_members(book):
    ana = book.add("Ana Lima")
    circle = book.circle("Friends")
    book.change(circle, add=[ana])

    deleted = book.api.delete(f"{CIRCLES}/{circle}")
    assert (deleted.status_code, book.api.get(f"{CIRCLES}/{circle}").status_code) == (204, 404)
    book.undo(deleted)
    assert book.members(circle) == ["Ana Lima"]
    assert book.api.get(f"{CIRCLES}/{circle}").json["members"] == 1


def test_a_contact_keeps_its_circles_through_the_trash_and_a_merge(book):
    ana, also = book.add("Ana Lima"), book.add("A. Lima")
    friends, investors = book.circle("Friends"), book.circle("Investors")
    book.change(friends, add=[ana, also])
    book.change(investors, add=[also])

    book.api.delete(f"{CONTACTS}/{also}")
    assert book.members(investors) == []
    assert book.api.post(f"{CONTACTS}/{also}/restore", json={}).status_code == 200
    assert book.members(investors) == ["A. Lima"]
    merged = book.api.post(f"{CONTACTS}/merge", json={"ids": [ana, also]})
    assert merged.status_code == 200, merged.json
    assert (book.members(friends), book.members(investors)) == (["Ana Lima"], ["Ana Lima"])
    book.undo(merged)
    assert (book.members(friends), book.members(investors)) == (["A. Lima", "Ana Lima"], ["A. Lima"])
    assert book.api.delete(f"{CONTACTS}/{ana}").status_code == 204
    assert book.members(friends) == ["A. Lima"]


def test_no_more_than_two_hundred_circles(book, owner, user_id):
    owner.run(
        "insert into crm.circles (user_id, name) select :u, 'Circle ' || n from generate_series(1, 200) n", u=user_id
    )
    assert "200" in book.circle("One more", status=409)["detail"]
