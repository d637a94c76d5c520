from __future__ import annotations

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
    for row in rows:
        owner.run(
            """insert into crm.contacts (user_id, name, email, company, tags, created_at, updated_at)
            values (:user_id, :name, :email, :company, :tags, now() - :age * interval '1 hour', now() - :age2 * interval '1 hour')""",
            user_id=user_id, age=chosen.randrange(50), age2=chosen.randrange(50), **row,
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
