"""People found: who is proposed, under which name and addresses, and what the user says of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

SOURCES = "/api/crm/sources"
PEOPLE = "/api/crm/sources/people"
CONTACTS = "/api/crm/contacts"
ME = "me@home.example"


def both_ways(number, address, name, days=1.0):
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    them = {"address": address, "name": name}
    return [
        {"id": f"{number}-out", "at": at, "from": {"address": ME}, "to": [them]},
        {"id": f"{number}-in", "at": at, "from": them, "to": [{"address": ME}]},
    ]


@pytest.fixture
def found(api):
    """Counts messages, and lists the people found."""
    source = api.post(SOURCES, json={"kind": "mail_file", "name": "Mail", "addresses": [ME]}).json["id"]

    def send(lines):
        body = "\n".join(json.dumps(line) for line in lines)
        assert (
            api.post(f"{SOURCES}/{source}/messages", data=body, content_type="application/x-ndjson").status_code == 200
        )
        return api.get(PEOPLE).json["items"]

    return send


def test_those_with_words_both_ways_are_proposed_and_nobody_else(found, api):
    once = both_ways(2, "bo@acme.example", "Bo Chen")
    items = found(
        [*both_ways(1, "ana@acme.example", "Ana Lima"), once[0], *both_ways(3, "cy@acme.example", "Cy Ray")[1:]]
    )
    assert [(item["address"], item["name"], item["sent"], item["received"], item["state"]) for item in items] == [
        ("ana@acme.example", "Ana Lima", 1, 1, "proposed")
    ]
    assert items[0]["strength"] == pytest.approx(3 / 13 * 0.5 ** (1 / 180), abs=1e-3)
    assert {item["address"] for item in api.get(f"{PEOPLE}?state=seen").json["items"]} == {
        "bo@acme.example",
        "cy@acme.example",
    }
    assert api.get(f"{PEOPLE}?min_strength=0.5").json["items"] == []


def test_addresses_of_one_mailbox_or_one_full_name_are_one_person_and_doubts_are_asked(found):
    items = found([
        *both_ways(1, "ana.lima@gmail.com", "Ana Lima"), *both_ways(2, "analima+news@googlemail.com", None), *both_ways(3, "a.lima@work.example", "LIMA Ana"),
        *both_ways(4, "benson@one.example", "Ben Benson"), *both_ways(5, "benson@two.example", None),
        *both_ways(6, "david@one.example", "David Ray"), *both_ways(7, "david@two.example", "David Fox"),
    ])  # fmt: skip
    by_address = {item["address"]: item for item in items}
    ana = next(item for item in items if "ana.lima@gmail.com" in item["addresses"])
    assert sorted(ana["addresses"]) == ["a.lima@work.example", "ana.lima@gmail.com", "analima+news@googlemail.com"]
    assert by_address["david@one.example"]["addresses"] == ["david@one.example"]
    assert by_address["david@one.example"]["maybe"] == []
    assert len(items) == 5


def test_added_people_become_contacts_with_all_addresses_and_their_ties(found, api):
    found(
        [
            *both_ways(1, "ana.lima@gmail.com", "Ana Lima"),
            *both_ways(2, "a.lima@work.example", "Ana Lima"),
            *both_ways(3, "bo@acme.example", "Bo Chen"),
        ]
    )
    answer = api.post(PEOPLE, json={"add_all": True, "min_strength": 0.1})
    assert (answer.status_code, answer.json["added"]) == (200, 2)
    assert api.get(PEOPLE).json["items"] == []
    ana = api.get(f"{CONTACTS}?email=a.lima@work.example").json["items"][0]
    assert (ana["name"], sorted(ana["emails"]), ana["source"]) == (
        "Ana Lima",
        ["a.lima@work.example", "ana.lima@gmail.com"],
        "sources",
    )
    told = api.get(f"{CONTACTS}/{ana['id']}/strength").json
    assert (told["kind"], told["evidence"]["sent"], told["evidence"]["received"]) == ("seen", 2, 2)
    assert api.post(PEOPLE, json={"add_all": True}).json["added"] == 0


def test_the_address_of_a_contact_by_name_is_added_to_the_contact(found, api):
    contact = api.post(CONTACTS, json={"name": "Ana Lima", "email": "ana@old.example", "enrich": False}).json["id"]
    items = found([*both_ways(1, "ana@old.example", "Ana Lima"), *both_ways(2, "ana@new.example", "Ana Lima")])
    assert [(item["contact"]["id"], item["state"]) for item in items] == [(contact, "proposed")]
    answer = api.post(PEOPLE, json={"add": ["ana@new.example"]}).json
    assert (answer["added"], answer["updated"]) == (0, 1)
    assert api.get(f"{CONTACTS}/{contact}").json["emails"] == ["ana@old.example", "ana@new.example"]
    assert api.get(f"{CONTACTS}/{contact}/strength").json["evidence"]["sent"] == 2


def test_who_is_ignored_is_not_proposed_until_the_user_says_so(found, api):
    found(both_ways(1, "ana@acme.example", "Ana Lima"))
    assert api.post(PEOPLE, json={"ignore": ["Ana@acme.example"]}).json["ignored"] == 1
    assert found(both_ways(2, "ana@acme.example", "Ana Lima")) == []
    assert [item["address"] for item in api.get(f"{PEOPLE}?state=ignored").json["items"]] == ["ana@acme.example"]
    api.post(PEOPLE, json={"propose": ["ana@acme.example"]})
    assert len(api.get(PEOPLE).json["items"]) == 1


def test_joined_addresses_are_one_person_and_parted_ones_stay_two(found, api):
    found(
        [
            *both_ways(1, "ana@one.example", "Ana Lima"),
            *both_ways(2, "x77@two.example", None),
            *both_ways(3, "ana@three.example", "Ana Lima"),
        ]
    )
    api.post(
        PEOPLE,
        json={"join": [["ana@one.example", "x77@two.example"]], "apart": [["ana@one.example", "ana@three.example"]]},
    )
    groups = {tuple(sorted(item["addresses"])) for item in api.get(PEOPLE).json["items"]}
    assert groups == {("ana@one.example", "x77@two.example"), ("ana@three.example",)}


def test_somebody_forgotten_for_good_is_not_brought_back(found, api, owner, user_id):
    found([*both_ways(1, "ana@acme.example", "Ana Lima"), *both_ways(2, "bo@acme.example", "Bo Chen")])
    assert api.post(PEOPLE, json={"forget": ["ana@acme.example"]}).json["forgotten"] == 1
    contact = api.post(CONTACTS, json={"name": "Bo Chen", "email": "bo@acme.example", "enrich": False}).json["id"]
    api.delete(f"{CONTACTS}/{contact}")
    assert api.get(f"{PEOPLE}?state=ignored").json["items"][0]["address"] == "bo@acme.example"
    assert api.delete(f"{CONTACTS}/trash/{contact}").status_code == 204
    assert owner.run("select count(*) from crm.correspondents where user_id = :u", u=user_id) == [[0]]
    assert found([*both_ways(3, "ana@acme.example", "Ana Lima"), *both_ways(4, "Bo@acme.example", "Bo Chen")]) == []
    assert owner.run("select count(*) from crm.evidence where user_id = :u", u=user_id) == [[0]]


def test_who_wants_to_be_kept_by_nobody_here_is_neither_counted_nor_added(found, api, owner, user_id):
    assert len(found(both_ways(1, "ana@kept.example", "Ana Lima"))) == 1
    for address in ("ana@kept.example", "bo@kept.example"):
        owner.run("select crm.erase_facts(:a, true, now())", a=address)
    found(both_ways(2, "bo@kept.example", "Bo Chen"))
    assert owner.run(
        "select count(*) from crm.correspondents where user_id = :u and address like 'bo@%'", u=user_id
    ) == [[0]]
    assert api.post(PEOPLE, json={"add_all": True}).json["added"] == 0
    for address in ("ana@kept.example", "bo@kept.example"):
        owner.run("select crm.admit_again(:a)", a=address)


def test_an_address_of_several_people_is_nobody(found):
    lines = [
        line
        for n, name in enumerate(["Ana Lima", "Bo Chen", "Cy Ray"])
        for line in both_ways(n, "desk@acme.example", name)
    ]
    assert found(lines) == []


def test_unknown_addresses_are_named_and_nothing_is_changed(found, api):
    found(both_ways(1, "ana@acme.example", "Ana Lima"))
    answer = api.post(PEOPLE, json={"add": ["ana@acme.example", "who@acme.example", "nonsense"]})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["add", "add"]
    assert api.post(PEOPLE, json={}).status_code == 422
    assert len(api.get(PEOPLE).json["items"]) == 1


def test_people_are_listed_page_by_page(found, api):
    found(
        [
            line
            for n in range(5)
            for line in both_ways(n, f"p{n}@acme.example", f"Per{chr(97 + n) * 3} Son{chr(97 + n) * 3}", days=n)
        ]
    )
    seen, cursor = [], ""
    while True:
        page = api.get(PEOPLE, query_string={"limit": 2} | ({"cursor": cursor} if cursor else {})).json
        seen += [item["address"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"p{n}@acme.example" for n in range(5)]
    assert page["total"] == 5
