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
            "emails": [f"p{number}@x.example", f"Home{number}@y.example"] if number % 5 else [],
            "phones": ["+1 555 0100"] if number % 4 == 0 else [],
            "title": "Head of Sales" if number % 7 == 0 else "Headmaster",
            "location": "Köln, Germany" if number % 131 == 0 else None,
            "custom": {"Team": "Red"} if number % 60 == 0 else {"Team": "redder"},
            "source": "google_csv" if number % 3 else "manual",
            "source_uid": f"u{number}",
            "linkedin_slug": f"p-{number}",
        }
        for number in range(400)
    ]
    chosen.shuffle(rows)
    ages = [{"created": chosen.randrange(50), "updated": chosen.randrange(50)} for _ in rows]
    owner.run(
        """insert into crm.contacts (user_id, name, email, emails, phones, company, title, location, tags, custom, source, source_uid,
            linkedin_slug, linkedin_url, created_at, updated_at)
        select :user_id, name, email, emails, phones, company, title, location, tags, custom, source, source_uid, linkedin_slug,
            'https://www.linkedin.com/in/' || linkedin_slug, now() - created * interval '1 hour', now() - updated * interval '1 hour'
        from json_to_recordset(:rows::json) x (name text, email text, emails text[], phones text[], company text, title text, location text,
            tags text[], custom jsonb, source text, source_uid text, linkedin_slug text, created int, updated int)""",
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
        ({"has_email": "false"}, lambda item: not item["emails"]),
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


FILTERS = [
    ({"tag": ["RARE ONE", "★"], "tag_mode": "any"}, lambda item: {"räre one", "★"} & set(item["tags"])),
    ({"tag": ["common", "★"], "tag_mode": "none"}, lambda item: not {"Common", "★"} & set(item["tags"])),
    ({"email": "home11@Y.example"}, lambda item: "Home11@y.example" in item["emails"]),
    ({"linkedin_url": "linkedin.com/in/P-17/?x=1"}, lambda item: item["linkedin_url"].endswith("/p-17")),
    ({"title": "head OF"}, lambda item: item["title"] == "Head of Sales"),
    ({"location": "koln"}, lambda item: item["location"]),
    ({"has_phone": "true", "company": "rare ltd"}, lambda item: item["phones"] and item["company"] == "Rare Ltd"),
    ({"has_phone": "false"}, lambda item: not item["phones"]),
    ({"source": "google_csv"}, lambda item: item["source"] == "google_csv"),
    ({"custom.team": "RED"}, lambda item: item["custom"] == {"Team": "Red"}),
    ({"custom.Team": "red", "title": "head of", "source": "manual"}, lambda item: item["name"] == "Person 000"),
    ({"location": "nowhere"}, lambda _: False),
]


@pytest.mark.parametrize(("query", "fits"), FILTERS, ids=lambda value: str(value) if isinstance(value, dict) else "")
def test_each_filter_keeps_what_fits_in_lists_and_searches(book, query, fits):
    expected = [item["id"] for item in listed(book, limit=200) if item["name"].startswith("Person") and fits(item)]

    assert [item["id"] for item in listed(book, limit=200, **query) if not item["is_self"]] == expected
    assert sorted(item["id"] for item in searched(book, q="person", limit=200, **query)) == sorted(expected)


def test_contacts_are_found_by_the_id_at_their_source_and_by_the_time_of_their_last_change(book):
    assert [item["name"] for item in listed(book, external_id="u42")] == ["Person 042"]
    latest = max(item["updated_at"] for item in listed(book, limit=200) if item["name"].startswith("Person"))
    assert {item["updated_at"] for item in listed(book, updated_since=latest, has_phone="true")} <= {latest}
    assert listed(book, updated_since="2100-01-01") == []


@pytest.mark.parametrize(
    ("query", "at_fault"),
    [
        ({"linkedin_url": "https://example.com/ana"}, "linkedin_url"),
        ({"updated_since": "soon"}, "updated_since"),
        ({"tag_mode": "some"}, "tag_mode"),
        ({"custom": "Red"}, "custom"),
        ({"custom.": "Red"}, "custom."),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(api, query, at_fault):
    for path in (CONTACTS, f"{CONTACTS}/search"):
        answer = api.get(path, query_string=query | ({"q": "ana"} if "search" in path else {}))
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json["errors"]] == [at_fault]


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
