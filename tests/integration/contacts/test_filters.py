from __future__ import annotations

import json
import random

import pytest

CONTACTS = "/api/crm/contacts"
SORTS = {
    "name": lambda item: (item["name"].lower(), item["id"]),
    "company": lambda item: ((item["company"] or "\U0010ffff").lower(), item["id"]),
    "-created_at": lambda item: (item["created_at"], item["id"]),
    "-updated_at": lambda item: (item["updated_at"], item["id"]),
}


def listed(api, **query):
    items, cursor = [], None
    while True:
        page = api.get(CONTACTS, query_string=query | ({"cursor": cursor} if cursor else {})).json
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


@pytest.fixture
def book(api, user_id, owner):
    """More contacts than are sampled; the filters are rare for some values and common for others."""
    chosen = random.Random(7)
    rows = [
        {
            "name": f"Person {number:03}",
            "email": f"p{number}@x.example" if number % 5 else None,
            "company": "Rare Ltd" if number % 97 == 0 else ("Acmé" if number % 3 == 0 else None),
            "tags": (["Common"] if number % 2 else [])
            + (["räre one"] if number % 89 == 0 else [])
            + (["★"] if number % 50 == 0 else []),
        }
        for number in range(400)
    ]
    chosen.shuffle(rows)
    ages = [{"created": chosen.randrange(50), "updated": chosen.randrange(50)} for _ in rows]
    owner.run(
        """insert into crm.contacts (user_id, name, email, company, tags, created_at, updated_at)
        select :user_id, name, email, company, tags, now() - created * interval '1 hour', now() - updated * interval '1 hour'
        from json_to_recordset(:rows::json) x (name text, email text, company text, tags text[], created int, updated int)""",
        user_id=user_id, rows=json.dumps([row | age for row, age in zip(rows, ages, strict=True)]),
    )  # fmt: skip
    return api


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"tag": "common"}, lambda item: "Common" in item["tags"]),
        ({"tag": "RARE ONE"}, lambda item: "räre one" in item["tags"]),
        ({"tag": ["common", "rare one"]}, lambda item: {"Common", "räre one"} <= set(item["tags"])),
        ({"tag": "★"}, lambda item: "★" in item["tags"]),
        ({"tag": "absent"}, lambda _: False),
        ({"company": "acme"}, lambda item: item["company"] == "Acmé"),
        (
            {"company": "rare ltd", "tag": "common"},
            lambda item: item["company"] == "Rare Ltd" and "Common" in item["tags"],
        ),
        ({"has_email": "false"}, lambda item: item["email"] is None),
        (
            {"has_email": "true", "tag": "rare one"},
            lambda item: item["email"] is not None and "räre one" in item["tags"],
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_filter_keeps_what_fits_in_the_order_asked_for(book, sort, query, fits):
    expected = sorted(
        (item for item in listed(book, limit=200) if fits(item)), key=SORTS[sort], reverse=sort.startswith("-")
    )

    assert book.get(CONTACTS, query_string=query | {"include_total": "true"}).json["total"] == len(expected)
    for limit in (7, 200):
        assert listed(book, sort=sort, limit=limit, **query) == expected


def test_a_filter_sees_the_callers_contacts_alone(book):
    assert listed(book.as_user("somebody-else@example.com"), tag="common") == []


def searched(api, **query):
    items, cursor = [], None
    while True:
        page = api.get(f"{CONTACTS}/search", query_string=query | ({"cursor": cursor} if cursor else {})).json
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


@pytest.mark.parametrize("question", ["person", "person 1", "persom", "p", "p20@x.example", "@x.example", "acme"])
@pytest.mark.parametrize(
    "filters",
    [
        {"tag": "common"},
        {"tag": "RARE ONE"},
        {"tag": ["common", "rare one"]},
        {"tag": "★"},
        {"tag": "absent"},
        {"company": "ACME"},
        {"company": "rare ltd", "tag": "common"},
        {"has_email": "true"},
        {"has_email": "false", "company": "acme"},
    ],
)
def test_a_search_is_narrowed_as_a_list_is(book, question, filters):
    fitting = {item["id"] for item in listed(book, **filters, limit=200)}

    found = searched(book, q=question, **filters, limit=7)
    total = book.get(
        f"{CONTACTS}/search", query_string={"q": question, "include_total": "true", "limit": 1} | filters
    ).json

    everybody = searched(book, q=question, limit=200)
    assert [(item["id"], item["score"]) for item in found] == [
        (item["id"], item["score"]) for item in everybody if item["id"] in fitting
    ]
    assert total["total"] == len(found)


@pytest.mark.parametrize("question", ["person", "p", "persom", "p20@x.example", "nobody at all", "?"])
def test_a_search_counts_whom_it_finds(book, question):
    page = book.get(f"{CONTACTS}/search", query_string={"q": question, "include_total": "true"}).json

    assert page["total"] == len(searched(book, q=question, limit=200))


def test_a_search_that_is_narrowed_forgives_typing_errors_behind_few(api):
    """Of several who are called alike only one fits, so somebody mistyped who fits is looked for as well."""
    for name, tags in (("Marta Diaz", ["a"]), ("Marta Rao", []), ("Marta Lim", []), ("Martha Chen", ["a"])):
        api.post(CONTACTS, json={"name": name, "tags": tags})

    assert [item["name"] for item in searched(api, q="Martha", tag="A")] == ["Martha Chen"]
    assert [item["name"] for item in searched(api, q="Narta", tag="A")] == ["Marta Diaz"]


def test_a_filter_finds_who_stands_behind_hundreds_of_better_answers(book, owner, user_id):
    """A search ranks so many; one that is narrowed looks at all who fit."""
    owner.run(
        """insert into crm.contacts (user_id, name, tags) select :user_id, 'Zoe Zimmer', '{}' from generate_series(1, 600)""",
        user_id=user_id,
    )
    owner.run(
        "insert into crm.contacts (user_id, name, company, tags) values (:user_id, 'Last of All', 'Zoe Zimmer Ltd', '{chosen}')",
        user_id=user_id,
    )

    assert [item["name"] for item in searched(book, q="zoe zimmer", tag="Chosen")] == ["Last of All"]
    page = book.get(f"{CONTACTS}/search", query_string={"q": "zoe", "include_total": "true"}).json
    assert page["total"] == 601


def test_a_search_refuses_what_is_no_filter(api):
    answer = api.get(f"{CONTACTS}/search", query_string={"q": "a", "has_email": "perhaps"})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "has_email")
