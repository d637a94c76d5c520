"""Whom the workload is: users with their contacts and ties, and what they must find when they look again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dev.issuer import ISSUER, subject_of

if TYPE_CHECKING:
    import random

    import pg8000.native

    from dev.issuer import Issuer

FIRST = [
    "Ana",
    "Bruno",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Hiro",
    "Ines",
    "Jonas",
    "Katya",
    "Luca",
    "Mara",
    "Nadia",
    "Oskar",
    "Priya",
    "Quentin",
    "Rosa",
    "Sven",
    "Tara",
]
LAST = [
    "Abbott",
    "Bernard",
    "Castro",
    "Dietrich",
    "Eriksen",
    "Fontaine",
    "Garcia",
    "Haddad",
    "Ivanov",
    "Jensen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Nakamura",
    "Okafor",
    "Petrov",
    "Quinn",
    "Rossi",
    "Silva",
    "Tanaka",
]
COMPANIES = 90

# One user in a while has as many contacts as a busy sales team; the others have an address book.
USERS, CONTACTS, MOST_CONTACTS = 200, 500, 100_000
# The share of requests that the one with the most makes: below the rate limit of a user at the highest rates seen.
SHARE_OF_LARGEST = 0.015
# Requests for introductions go to contacts whom a direct contact knows.
TIES = 5
CREDITS = 1_000_000

_CONTACTS = """
    insert into crm.contacts (user_id, name, email, emails, company, title, location, notes, tags, source, source_uid)
    select u.id, (cast(:names as text[]))[n], e.email, array[e.email],
        'Firm ' || n % :companies, 'Engineer', 'Lisbon, Portugal', 'v0', array['friend', 'tag' || n % 7], 'load', n::text
    from crm.users u, generate_series(1, cast(:contacts as integer)) n,
        lateral (select 'p' || n || '.' || left(u.id::text, 8) || '@firm' || n % :companies || '.example' as email) e
    where u.id = any(cast(:users as uuid[]))
"""
_NODES = """
    create temporary table nodes on commit drop as
    select user_id, case when is_self then 0 else source_uid::integer end as n, no from crm.contacts
    where user_id = any(cast(:users as uuid[]))
"""
# A tenth are direct contacts; each of the first half knows one of those, everybody knows some at random.
_TIES = """
    create temporary table ties on commit drop as
    select distinct on (user_id, least(a, b), greatest(a, b)) user_id, least(a, b) a, greatest(a, b) b,
        (0.1 + 0.9 * random())::real strength
    from (
        select user_id, 0 a, n b from nodes where n between 1 and cast(:direct as integer)
        union all select user_id, 1 + n % cast(:direct as integer), n from nodes where n between cast(:direct as integer) + 1 and cast(:contacts as integer) / 2
        union all select user_id, n, 1 + floor(random() * cast(:contacts as integer))::integer from nodes, generate_series(2, cast(:ties as integer)) where n > 0
    ) drawn where a <> b
    order by user_id, least(a, b), greatest(a, b)
"""
_RELATIONSHIPS = """
    insert into crm.relationships (user_id, from_no, to_no, strength)
    select user_id, f.no, t.no, strength
    from (select user_id, a, b, strength from ties union all select user_id, b, a, strength from ties) directed
    join nodes f using (user_id) join nodes t using (user_id) where f.n = a and t.n = b
    order by 1, 2, 3
"""


@dataclass
class Person:
    """A user of the product, as the workload knows them.

    Attributes:
        email: of the user.
        headers: with their token.
        contacts: ids; first those that were there before, in the order in which their ties were drawn.
        drawn: how many those are; they know the first tenth of them, who know everybody else of the first half.
        versions: which change of a contact was confirmed last; what is read must be it or a later one.
        changing: contacts with a change under way.
        newest: the contact that was confirmed to be added last; None while that cannot be told.
        adding: how many additions are under way.
        asked: how many introductions were asked for.
        made: how many contacts were made.
    """

    email: str
    headers: dict[str, str]
    contacts: list[str]
    drawn: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    changing: set[str] = field(default_factory=set)
    newest: str | None = None
    adding: int = 0
    asked: int = 0
    made: int = 0


@dataclass
class People:
    """All users; the last is the one with the most contacts."""

    all: list[Person]

    def draw(self, chance: random.Random) -> Person:
        """Who makes the next request."""
        if chance.random() < SHARE_OF_LARGEST:
            return self.all[-1]
        return self.all[chance.randrange(len(self.all) - 1)]


def populate(owner: pg8000.native.Connection, issuer: Issuer, *, users: int, contacts: int, most: int) -> People:
    """Puts them into an empty database.

    Args:
        owner: past row-level security.
        issuer: of their tokens.
        users: how many there are beside the one with the most contacts.
        contacts: of each.
        most: contacts of that one.
    """
    emails = [f"user{number}@load.example" for number in range(users + 1)]
    ids = [
        owner.run(
            "select user_id from crm.sign_in(:issuer, :subject, :email, 'Uma User')",
            issuer=ISSUER, subject=subject_of(email), email=email,
        )[0][0]
        for email in emails
    ]  # fmt: skip
    for group, count in ((ids[:-1], contacts), (ids[-1:], most)):
        owner.run("begin")
        owner.run(
            _CONTACTS,
            names=[name_of(number) for number in range(1, count + 1)],
            companies=COMPANIES,
            contacts=count,
            users=group,
        )
        owner.run(_NODES, users=group)
        owner.run("analyze nodes")
        owner.run(_TIES, direct=count // 10, contacts=count, ties=TIES)
        owner.run("analyze ties")
        owner.run(_RELATIONSHIPS)
        owner.run("commit")
    for user_id in ids:
        owner.run("select crm.grant_credits(:id, :credits, 'load')", id=user_id, credits=CREDITS)
    owner.run("vacuum (analyze) crm.contacts")
    owner.run("vacuum (analyze) crm.relationships")
    people = []
    for email, user_id in zip(emails, ids, strict=True):
        rows = owner.run(
            "select id from crm.contacts where user_id = :u and not is_self order by source_uid::integer", u=user_id
        )
        people.append(Person(email, bearer(issuer, email), [str(row[0]) for row in rows], len(rows)))
    return People(people)


def bearer(issuer: Issuer, email: str) -> dict[str, str]:
    """The header that says who calls."""
    return {"Authorization": f"Bearer {issuer.token(email, 'Uma User')}"}


def name_of(number: int) -> str:
    """What the contact of that number is called, from 1."""
    return f"{FIRST[number * 7 % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
