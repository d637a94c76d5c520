from __future__ import annotations

import pytest

SEARCH = "/api/crm/contacts/search"


@pytest.fixture
def people(api):
    for contact in (
        {"name": "Mei Tanaka", "company": "Globex", "title": "CTO", "email": "mei@globex.example"},
        {"name": "Bruno Okafor", "company": "Acme", "notes": "met Mei in Kyoto", "tags": ["climbing"]},
        {"name": "Zoë Łukasik", "email": "zoe@initech.example"},
    ):
        assert api.post("/api/crm/contacts", json=contact).status_code == 201
    return api


def found(api, **query):
    answer = api.get(SEARCH, query_string=query)
    assert answer.status_code == 200
    return [(item["name"], item["matched"]) for item in answer.json["items"]]


def test_search_finds_beginnings_names_first_and_says_where(people):
    assert found(people, q="mei") == [("Mei Tanaka", ["name", "email"]), ("Bruno Okafor", ["notes"])]
    assert found(people, q="okaf acm") == [("Bruno Okafor", ["name", "company"])]
    assert found(people, q="climb") == [("Bruno Okafor", ["tags"])]


@pytest.mark.parametrize("typed", ["zoe lukasik", "ZOË", "lukasik zoe", "zeo", "lukaski", "Łukaik"])
def test_search_forgives_accents_case_order_and_a_typo(people, typed):
    assert found(people, q=typed)[0][0] == "Zoë Łukasik"


def test_search_answers_whole_contacts_with_a_score(people):
    item = people.get(SEARCH, query_string={"q": "tanaka"}).json["items"][0]

    assert item["score"] > 1
    assert item["company"] == "Globex"
    assert item["custom"] == {}
    assert people.get(SEARCH, query_string={"q": "tanaka", "fields": "name"}).json["items"] == [
        {"name": "Mei Tanaka", "score": item["score"], "matched": ["name"]}
    ]


def test_search_pages_hold_every_answer_once(api):
    for number in range(7):
        api.post("/api/crm/contacts", json={"name": f"Kim {number}"})
    names, cursor = [], None
    while True:
        page = api.get(SEARCH, query_string={"q": "kim", "limit": 3, **({"cursor": cursor} if cursor else {})}).json
        names += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert names == [f"Kim {number}" for number in range(7)]


@pytest.mark.parametrize(
    "typed", ["", "   ", "!!!", "'; drop table crm.contacts; --", "%", "\\", "a" * 500, "@", ":*", "&|!()"]
)
def test_search_takes_anything_that_people_type(people, typed):
    assert people.get(SEARCH, query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize(
    "query", [{}, {"q": "a\0b"}, {"q": "x" * 501}, {"q": "a", "limit": 0}, {"q": "a", "cursor": "WzFd"}]
)
def test_search_refuses_a_bad_query(people, query):
    assert people.get(SEARCH, query_string=query).status_code == 422


def test_search_sees_the_callers_contacts_alone(people):
    assert found(people.as_user("somebody-else@example.com"), q="mei") == []
