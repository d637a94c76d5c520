"""Lists and searches by how well, and since when, the user knows a contact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.contacts.test_filters import CONTACTS, listed, searched

NEVER = datetime.max.replace(tzinfo=UTC)
PEOPLE = 330


@pytest.fixture
def book(api, user_id, owner):
    """Every third contact is tied by hand, with a few strengths alone; every fifth by an interaction, whose tie fades."""
    api.post(CONTACTS, json={"name": "Any Body"})  # makes the user's own contact
    owner.run(
        """insert into crm.contacts (user_id, name, location, tags, source)
        select :user_id, 'Person ' || to_char(n, 'FM000'), case when n % 4 = 0 then 'Lisbon, Portugal' when n % 97 = 0 then 'Rome' end,
            case when n % 50 = 0 then '{investor}' else '{}' end::text[], case when n % 111 = 0 then 'rare' else 'manual' end
        from generate_series(1, :people) n""",
        user_id=user_id, people=PEOPLE,
    )  # fmt: skip
    owner.run(
        """with mine as (select c.no, right(c.name, 3)::int as n, s.no as self_no from crm.contacts c
            join crm.contacts s on s.user_id = c.user_id and s.is_self where c.user_id = :user_id and c.name like 'Person %'),
        spoken as (
            insert into crm.interactions (user_id, contact_no, at, kind, direction)
            select :user_id, m.no, date_trunc('second', now()) - m.n % 40 * interval '20 days' - interval '1 day' * o, 'email', 'both'
            from mine m cross join generate_series(0, 1) o where m.n % 5 = 0)
        insert into crm.relationships (user_id, from_no, to_no, strength, fades_from_s)
        select :user_id, m.self_no, m.no, case when m.n % 5 = 0 then 0.3 + m.n / 1000.0 else m.n % 4 * 0.2 + 0.01 end,
            case when m.n % 5 = 0 then crm.seconds_of(date_trunc('second', now()) - m.n % 40 * interval '20 days') end
        from mine m where m.n % 3 = 0 or m.n % 5 = 0""",
        user_id=user_id,
    )  # fmt: skip
    return api


@pytest.fixture
def warmth(book, user_id, owner):
    """Strength and time of the last interaction by id of the contact."""
    rows = owner.run(
        """select c.id::text, crm.strength_at(r.strength, r.fades_from_s, now()), (select max(i.at) from crm.interactions i where i.user_id = c.user_id and i.contact_no = c.no)
        from crm.contacts c join crm.contacts s on s.user_id = c.user_id and s.is_self
        left join crm.relationships r on r.user_id = c.user_id and r.from_no = s.no and r.to_no = c.no where c.user_id = :user_id""",
        user_id=user_id,
    )  # fmt: skip
    return {contact_id: (strength or 0, at) for contact_id, strength, at in rows}


def day(ago: int) -> str:
    return (datetime.now(UTC) - timedelta(days=ago)).isoformat()


FILTERS = [
    ({}, lambda *_: True),
    ({"known": "true"}, lambda _, strength, __: strength > 0),
    ({"known": "false"}, lambda item, strength, __: strength == 0 and not item["is_self"]),
    ({"strength_min": "0.4"}, lambda _, strength, __: strength >= 0.39999),
    ({"strength_min": "0.61"}, lambda _, strength, __: strength >= 0.60999),
    ({"strength_min": "0"}, lambda *_: True),
    ({"last_contact_before": day(185)}, lambda _, __, at: at is not None and at < datetime.fromisoformat(day(185))),
    ({"last_contact_after": day(65)}, lambda _, __, at: at is not None and at >= datetime.fromisoformat(day(65))),
    (
        {"last_contact_after": day(405), "last_contact_before": day(305)},
        lambda _, __, at: at is not None and datetime.fromisoformat(day(405)) <= at < datetime.fromisoformat(day(305)),
    ),
    (
        {"known": "true", "location": "lisbon"},
        lambda item, strength, _: strength > 0 and item["location"] == "Lisbon, Portugal",
    ),
    (
        {"known": "false", "location": "rome", "strength_min": "0"},
        lambda item, strength, _: strength == 0 and item["location"] == "Rome",
    ),
    ({"tag": "investor", "last_contact_after": day(5000)}, lambda item, _, at: "investor" in item["tags"] and at),
    ({"source": "rare", "strength_min": "0.01"}, lambda item, strength, _: item["source"] == "rare" and strength),
    ({"known": "false", "strength_min": "0.2"}, lambda *_: False),
]


@pytest.mark.parametrize(
    ("query", "fits"), FILTERS, ids=lambda value: str(list(value)) if isinstance(value, dict) else ""
)
def test_filters_of_ties_and_last_contacts_keep_what_fits(book, warmth, query, fits):
    expected = [item["id"] for item in listed(book, limit=200) if fits(item, *warmth[item["id"]])]

    assert [item["id"] for item in listed(book, limit=7, **query)] == expected
    people = {item["id"] for item in listed(book, limit=200) if item["name"].startswith("Person")}
    assert {item["id"] for item in searched(book, q="person", limit=200, **query)} == people & set(expected)


ORDERS = {
    "-strength": lambda strength, _: -strength,
    "last_contact": lambda _, at: at or NEVER,
    "-last_contact": lambda _, at: (NEVER - at) if at else NEVER - datetime.min.replace(tzinfo=UTC),
}


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize(
    ("query", "fits"), FILTERS, ids=lambda value: str(list(value)) if isinstance(value, dict) else ""
)
def test_orders_of_warmth_hold_on_every_page(book, warmth, sort, query, fits):
    fitting = {item["id"] for item in listed(book, limit=200) if fits(item, *warmth[item["id"]])}

    pages = [item["id"] for item in listed(book, sort=sort, limit=7, **query)]

    assert sorted(pages) == sorted(fitting)
    keys = [ORDERS[sort](*warmth[contact_id]) for contact_id in pages]
    rough = [round(key, 5) if isinstance(key, float) else key for key in keys]
    assert rough == sorted(rough)
    assert pages == [item["id"] for item in listed(book, sort=sort, limit=200, **query)]


def test_a_page_of_warmth_goes_on_though_strengths_have_faded_since(book, warmth, monkeypatch):
    first = book.get(CONTACTS, query_string={"sort": "-strength", "limit": 20}).json
    rest = listed(book, sort="-strength", limit=200)[20:]

    following, cursor = [], first["next_cursor"]
    while cursor:
        page = book.get(CONTACTS, query_string={"sort": "-strength", "limit": 200, "cursor": cursor}).json
        following += page["items"]
        cursor = page["next_cursor"]

    assert [item["id"] for item in following] == [item["id"] for item in rest]


def test_the_last_contact_follows_interactions_that_come_and_go(api, owner, user_id):
    contact = api.post(CONTACTS, json={"name": "Zoe Chen"}).json
    interactions = f"{CONTACTS}/{contact['id']}/interactions"

    def spoken_to_since(ago: int) -> bool:
        return contact["id"] in [item["id"] for item in listed(api, last_contact_after=day(ago))]

    assert not spoken_to_since(5000)
    for ago in (30, 10, 20):
        api.post(interactions, json={"kind": "call", "at": day(ago), "direction": "both"})
    assert spoken_to_since(11)
    assert not spoken_to_since(9)
    owner.run(
        "delete from crm.interactions where user_id = :user_id and at > now() - interval '15 days'", user_id=user_id
    )
    assert spoken_to_since(21)
    assert not spoken_to_since(19)
    api.delete(f"{CONTACTS}/{contact['id']}")
    assert owner.run("select count(*) from crm.last_contacts where user_id = :user_id", user_id=user_id) == [[0]]


@pytest.mark.parametrize("key", ["1:2", "1:2:x", "1:2:3:4", "", "99999999999999999:1:1", "1:2:²"])
def test_a_cursor_of_another_shape_is_refused(book, key):
    from shared.paging import encode_cursor

    cursor = encode_cursor("-strength", key, "00000000-0000-0000-0000-000000000000")
    answer = book.get(CONTACTS, query_string={"sort": "-strength", "cursor": cursor})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "cursor")


@pytest.mark.parametrize(
    ("name", "value"),
    [("known", "perhaps"), ("strength_min", "2"), ("strength_min", "much"), ("last_contact_before", "last week")],
)
def test_a_bound_that_cannot_be_read_is_named(api, name, value):
    answer = api.get(CONTACTS, query_string={name: value})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, name)


@pytest.mark.slow
def test_very_many_are_estimated_and_few_are_counted(api, owner, user_id):
    owner.run(
        """insert into crm.contacts (user_id, name, title, tags) select :user_id, 'Person ' || n, case when n % 10 > 0 then 'Engineer' else 'Nurse' end,
            case when n % 10 > 0 then '{team}' else '{rest}' end::text[] from generate_series(1, 30000) n""",
        user_id=user_id,
    )  # fmt: skip

    def counted(path: str, **query: str) -> tuple[int, str]:
        page = api.get(path, query_string={"include_total": "true", "limit": 1} | query).json
        return page["total"], page["total_is"]

    for path, many, few in (
        (f"{CONTACTS}/search", {"q": "engineer"}, {"q": "nurse"}),
        (f"{CONTACTS}/search", {"q": "person", "tag": "team"}, {"q": "person", "tag": "rest"}),
        (CONTACTS, {"tag": "team"}, {"tag": "rest"}),
    ):
        total, how = counted(path, **many)
        assert 24_000 < total < 30_000
        assert total % 1_000 == 0
        assert how == "estimated"
        assert counted(path, **few) == (3_000, "counted")
