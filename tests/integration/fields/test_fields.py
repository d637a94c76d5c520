"""Custom fields check their values, filter and order every list, and lose nothing when they are renamed, changed or deleted."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from shared.edge.deps import deps
from shared.edge.jobs import make_kinds
from shared.jobs.service import Jobs

CONTACTS = "/api/crm/contacts"
FIELDS = "/api/crm/fields"


class Book:
    """One user's contacts and custom fields, through the API."""

    def __init__(self, api):
        self.api = api

    def add(self, name, status=201, **custom):
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, "custom": custom})
        assert answer.status_code == status, answer.json
        return answer.json["id"] if status == 201 else answer.json

    def field(self, name, kind, status=201, **given):
        answer = self.api.post(FIELDS, json={"name": name, "kind": kind, **given})
        assert answer.status_code == status, answer.json
        return answer.json["id"] if status == 201 else answer.json

    def patch(self, contact, status=200, **custom):
        answer = self.api.patch(f"{CONTACTS}/{contact}", json={"custom": custom})
        assert answer.status_code == status, answer.json
        return answer.json["custom"] if status == 200 else answer.json

    def names(self, status=200, **query):
        """The names of all pages of two, without the user."""
        found: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            answer = self.api.get(CONTACTS, query_string={"limit": 2, **query, **cursor})
            assert answer.status_code == status, answer.json
            if status != 200:
                return answer.json
            found += [contact["name"] for contact in answer.json["items"] if not contact["is_self"]]
            if answer.json["next_cursor"] is None:
                return found
            cursor = {"cursor": answer.json["next_cursor"]}

    def promote(self, field, status=200, **body):
        answer = self.api.post(f"{FIELDS}/{field}/promote", json=body)
        assert answer.status_code == status, answer.json
        return answer

    def custom(self, contact):
        return self.api.get(f"{CONTACTS}/{contact}").json["custom"]

    def undo(self, answer):
        undone = self.api.post(f"/api/crm/operations/{answer.headers['Operation-Id']}/undo", json={})
        assert undone.status_code == 200, undone.json
        return undone.json


@pytest.fixture
def book(api):
    return Book(api)


@pytest.fixture
def other(api):
    return api.as_user(f"{uuid4().hex}@example.com")


@pytest.fixture
def work(gateway, user_id):
    """Have a worker do a job; as many times as it takes."""

    def run(job):
        Jobs(deps().database, make_kinds(deps())).work(user_id, UUID(job))

    return run


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "  two words ", "two words"),
        ("number", 20.50, "20.5"),
        ("number", "1,200,000", "1200000"),
        ("number", "-0.0", "0"),
        ("date", "2026-05-01T10:00:00Z", "2026-05-01"),
        ("choice", "SEED", "Seed"),
        ("url", "example.com/fund", "https://example.com/fund"),
    ],
)
def test_a_value_is_kept_in_the_form_of_its_kind_under_the_key_of_the_field(book, kind, given, kept):
    book.field("Über uns", kind, key="About", **({"choices": ["Seed", "Series A"]} if kind == "choice" else {}))
    ana = book.add("Ana", **{"über UNS": given, "Loose": "as it is "})
    assert book.custom(ana) == {"About": kept, "Loose": "as it is "}


@pytest.mark.parametrize(
    ("kind", "given"),
    [("number", "12 Mio"), ("number", "1e5"), ("number", "NaN"), ("date", "2026-02-30"), ("date", "1.5.2026"), ("choice", "Series Z"),
     ("url", "javascript:alert(1)"), ("url", "https://x@evil"), ("contact", "Ana"), ("contact", "00000000-0000-4000-8000-000000000000")],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_by_name_in_every_way_of_writing(book, kind, given):
    field = book.field("Fund", kind, **({"choices": ["Seed"]} if kind == "choice" else {}))
    ana = book.add("Ana", Other="x")

    for problem in (
        book.add("Rui", status=422, Fund=given),
        book.patch(ana, status=422, Fund=given),
        book.api.put(f"{CONTACTS}/{ana}", json={"name": "Ana", "custom": {"Fund": given}}).json,
        book.api.post(
            f"{CONTACTS}/bulk", json={"ids": [ana], "action": "set", "value": {"custom": {"Fund": given}}}
        ).json,
    ):
        assert (problem["code"], problem["errors"][0]["field"]) == ("validation_failed", "custom.Fund"), problem
        assert given[:5] in problem["errors"][0]["message"]
    assert book.custom(ana) == {"Other": "x"}
    assert book.api.get(f"{FIELDS}/{field}").json["values"] == 0


def test_lists_are_filtered_and_ordered_by_fields_page_by_page(book):
    book.field("Size", "number")
    book.field("Stage", "choice", choices=["Seed", "Growth", "Exit"])
    for name, size, stage in (
        ("A", 9, "Exit"),
        ("B", 10, "Seed"),
        ("C", -3, "Growth"),
        ("D", 10, None),
        ("E", None, "Seed"),
        ("F", 1000.5, None),
    ):
        book.add(name, **({"Size": size} if size is not None else {}), **({"Stage": stage} if stage else {}))
    tail = ["E"]
    by_size = book.names(sort="custom.Size")
    assert (by_size[:2], sorted(by_size[2:4]), by_size[4:5], by_size[5:6]) == (["C", "A"], ["B", "D"], ["F"], tail)
    falling = book.names(sort="-custom.size")
    assert (falling[0], sorted(falling[1:3]), falling[3:5], falling[5]) == ("F", ["B", "D"], ["A", "C"], "E")
    assert book.names(sort="custom.Stage")[:4] in (["B", "E", "C", "A"], ["E", "B", "C", "A"])

    assert book.names(**{"custom.size": "10.0"}) == ["B", "D"]
    assert book.names(**{"custom_from.Size": "-3", "custom_to.Size": "10"}) == ["A", "B", "C", "D"]
    assert book.names(sort="-custom.Size", **{"custom_from.Size": "10", "custom.Stage": "seed"}) == ["B"]
    assert book.names(**{"custom_from.Stage": "Growth"}) == ["A", "C"]
    found = book.api.get(
        f"{CONTACTS}/search", query_string={"q": "b", "custom_to.Size": "10", "include_total": "true"}
    ).json
    assert ([one["name"] for one in found["items"]], found["total"]) == (["B"], 1)
    total = book.api.get(CONTACTS, query_string={"custom_from.Size": "0", "include_total": "true"}).json["total"]
    assert total == 4
    changed = book.api.post(
        f"{CONTACTS}/bulk", json={"filter": {"custom_from": {"Size": 10}}, "action": "tag", "value": "big"}
    ).json
    assert changed["changed"] == 3
    circle = book.api.post(
        "/api/crm/circles", json={"name": "Big", "filter": {"custom_from": {"Size": 10}, "custom": {"Stage": "Seed"}}}
    ).json["id"]
    assert book.names(circle=circle) == ["B"]
    assert book.names(circle=circle, sort="-custom.Size") == ["B"]


@pytest.mark.parametrize(
    ("query", "field"),
    [({"sort": "custom.Nope"}, "sort"), ({"sort": "customs"}, "sort"), ({"sort": "custom."}, "sort"), ({"custom_from.Nope": "1"}, "custom_from.Nope"),
     ({"custom_to.Size": "big"}, "custom_to.Size"), ({"cursor": "abc", "sort": "custom.Size"}, "cursor")],
)  # fmt: skip
def test_a_bad_order_or_range_is_refused_by_name(book, query, field):
    book.field("Size", "number")
    problem = book.names(status=422, **query)
    assert problem["errors"][0]["field"] == field
    body = {"name": "X", "filter": {"custom_from": {"Size": "big"}}}
    assert book.api.post("/api/crm/circles", json=body).json["errors"][0]["field"] == "filter.custom_from.Size"


def test_a_field_over_loose_values_orders_those_that_fit_at_once_and_promotion_tells_the_others(book):
    contacts = {
        name: book.add(name, Fund=value) for name, value in (("A", "1,200"), ("B", "many"), ("C", "7"), ("D", "8.50"))
    }
    loose = book.api.get(f"{FIELDS}/loose").json["items"]
    assert loose == [{"name": "Fund", "contacts": 4, "example": "1,200", "kind": "text"}]
    field = book.field("Fund", "number")
    assert book.api.get(f"{FIELDS}/loose").json["items"] == []
    counts = book.api.get(f"{FIELDS}/{field}").json
    assert (counts["values"], counts["unfit"]) == (2, 2)
    assert book.names(sort="custom.Fund")[:2] == ["C", "D"]

    answer = book.promote(field)
    assert answer.json | {"operation_id": None} == {
        "changed": 2, "unchanged": 1, "unfit_total": 1, "operation_id": None,
        "unfit": [{"contact_id": contacts["B"], "value": "many", "detail": '"many" is not a number of at most 15 digits, like 1200 or -3.5'}],
    }  # fmt: skip
    assert [book.custom(contacts[name])["Fund"] for name in "ABCD"] == ["1200", "many", "7", "8.5"]
    assert book.names(sort="-custom.Fund") == ["A", "D", "C", "B"]
    assert book.patch(contacts["B"], Other="y") == {
        "Fund": "many",
        "Other": "y",
    }  # what does not fit stays while others are written

    book.undo(answer)
    assert [book.custom(contacts[name])["Fund"] for name in "ABCD"] == ["1,200", "many", "7", "8.50"]


def test_values_move_from_another_name_and_never_over_one_that_is_there(book):
    ana, rui, zoe = book.add("Ana", Umfang="5"), book.add("Rui", Umfang="6"), book.add("Zoe", Umfang="7")
    field = book.field("Size", "number")
    book.patch(rui, Size=9)
    outcome = book.promote(field, name="Umfang").json
    assert (outcome["changed"], outcome["unfit_total"]) == (2, 1)
    assert "9" in outcome["unfit"][0]["detail"]
    assert [book.custom(one) for one in (ana, rui, zoe)] == [{"Size": "5"}, {"Umfang": "6", "Size": "9"}, {"Size": "7"}]


def test_more_than_a_thousand_values_are_promoted_by_a_job_with_one_undo(book, work, owner, user_id):
    owner.run(
        "insert into crm.contacts (user_id, name, custom) select :u, 'P' || n, jsonb_build_object('Born', case n % 7 when 0 then 'soon' else '1990-01-01 00:00' end) "
        "from generate_series(1, 2100) n",
        u=user_id,
    )
    field = book.field("Born", "date")
    answer = book.promote(field, status=202)
    work(answer.json["id"])
    job = book.api.get(answer.headers["Location"]).json
    assert (job["status"], job["result"]["changed"], job["result"]["unfit_total"], len(job["result"]["unfit"])) == (
        "done",
        1800,
        300,
        100,
    )
    assert book.api.get(f"{FIELDS}/{field}").json["values"] == 1800
    undo = book.api.post(f"/api/crm/operations/{job['result']['operation_id']}/undo", json={})
    work(undo.json["id"])
    counts = book.api.get(f"{FIELDS}/{field}").json
    assert (counts["values"], counts["unfit"]) == (0, 2100)


def test_renaming_changing_and_deleting_lose_nothing_and_are_undone(book):
    field = book.field("Size", "number")
    ana, rui = book.add("Ana", Size=5), book.add("Rui", Size=3)
    etag = book.api.get(f"{CONTACTS}/{ana}").headers["ETag"]

    renamed = book.api.patch(f"{FIELDS}/{field}", json={"name": "Volume"})
    assert (renamed.json["name"], renamed.json["key"]) == ("Volume", "Size")
    assert book.names(sort="custom.Volume") == book.names(sort="custom.Size") == ["Rui", "Ana"]
    assert book.api.get(f"{CONTACTS}/{ana}").headers["ETag"] == etag
    assert book.patch(ana, volume=6) == {"Size": "6"}

    changed = book.api.patch(f"{FIELDS}/{field}", json={"kind": "date"})
    assert (changed.json["values"], changed.json["unfit"]) == (0, 2)
    book.undo(changed)
    assert book.names(sort="-custom.Size") == ["Ana", "Rui"]

    gone = book.api.delete(f"{FIELDS}/{field}")
    assert gone.status_code == 204
    assert (book.custom(ana), book.custom(rui)) == ({"Size": "6"}, {"Size": "3"})
    assert book.names(status=422, sort="custom.Size")["errors"][0]["field"] == "sort"
    assert book.patch(ana, Size="huge") == {"Size": "huge"}
    book.undo(gone)
    assert book.api.get(f"{FIELDS}/{field}").json["name"] == "Volume"
    counts = book.api.get(f"{FIELDS}/{field}").json
    assert (counts["values"], counts["unfit"]) == (1, 1)
    assert book.names(sort="custom.Size") == ["Rui", "Ana"]


def test_a_link_follows_a_merge_and_its_undo_and_promotion_finds_who_is_named(book):
    field = book.field("Manager", "contact")
    boss, double = book.add("Zoe Ray"), book.add("Zoë Ray-Lima")
    ana = book.add("Ana", Manager=double)
    assert book.names(**{"custom.Manager": double}) == ["Ana"]
    merged = book.api.post(f"{CONTACTS}/merge", json={"ids": [boss, double]})
    assert merged.status_code == 200, merged.json
    assert book.custom(ana) == {"Manager": boss}
    assert book.names(**{"custom.Manager": boss}) == ["Ana"]
    book.undo(merged)
    assert book.custom(ana) == {"Manager": double}

    rui, kim = book.add("Rui", Chef="zoe ray"), book.add("Kim", Chef="Somebody")
    outcome = book.promote(field, name="Chef").json
    assert (outcome["changed"], outcome["unfit_total"]) == (1, 1)
    assert (book.custom(rui), book.custom(kim)) == ({"Manager": boss}, {"Chef": "Somebody"})


def test_values_are_found_again_after_the_trash_and_with_the_undo_of_a_delete(book):
    book.field("Size", "number")
    ana = book.add("Ana", Size=5)
    gone = book.api.delete(f"{CONTACTS}/{ana}")
    assert book.names(**{"custom_from.Size": "0"}) == []
    book.undo(gone)
    assert book.names(**{"custom_from.Size": "0"}) == ["Ana"]


def test_fields_are_the_users_own_and_bad_ones_are_refused(book, api, other):
    field = book.field("Size", "number")
    assert book.field("SIZE", "text", status=409)["code"] == "conflict"
    assert book.field("New", "text", status=409, key="size")["code"] == "conflict"
    assert book.field("Stage", "choice", status=422)["errors"][0]["field"] == "choices"
    assert book.field("Stage", "choice", status=422, choices=["A", "a"])["errors"][0]["field"] == "choices"
    assert book.field("Stage", "text", status=422, choices=["A"])["errors"][0]["field"] == "choices"
    assert book.field("Stage", "money", status=422)["errors"][0]["field"] == "kind"
    assert book.api.patch(f"{FIELDS}/{field}", json={"name": None}).json["errors"][0]["field"] == "name"
    for call in (other.get, other.delete):
        assert call(f"{FIELDS}/{field}").status_code == 404
    assert other.patch(f"{FIELDS}/{field}", json={"name": "Mine"}).status_code == 404
    assert other.post(f"{FIELDS}/{field}/promote", json={}).status_code == 404
    assert other.get(FIELDS).json == {"items": []}
