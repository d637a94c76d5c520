"""Puts the past of the demo network together, from the same seed on every machine; only the dates follow the clock."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dev.seed.network import ME, SEED
from dev.seed.past.growth import Growth, Member, grow, reward_lines
from dev.seed.past.introductions import OTHERS_DONE, Introduction, Way, finished_introduction, own_introductions

if TYPE_CHECKING:
    import uuid

    from dev.seed.network import Network, Person, Tie

COLLEAGUES = 2
COLLEAGUE_KNOWS, COLLEAGUE_BOOK = 45, 260
BOOK_SIZES = range(6, 14)
FEW_CONTACTS = range(4)
MET = 26
# What happens between people, and how often: kind, direction.
WAYS = (("email", "out"), ("email", "in"), ("email", "in"), ("message", "both"), ("call", "both"), ("meeting", "both"))
# How often to talk, in days. The first of those who were met are due, the others are not yet.
RHYTHMS = (7, 14, 30, 60, 90, 180, 365, 730)
DUE, NOT_YET_DUE = 3, 5
# Providers, what each costs, which fields it fills, and how sure it is.
PROVIDERS: tuple[tuple[str, int, tuple[str, ...], float], ...] = (
    ("domain", 0, ("company",), 0.9),
    ("gravatar", 0, ("location",), 0.6),
    ("hunter", 1, ("title", "linkedin_url"), 0.8),
    ("pdl", 2, ("title", "location", "linkedin_url"), 0.95),
)
ENRICHED = 9
# Of the first pasts that there are, the one in which something happens every week.
LUCKY = 7
START_CREDITS = 100

Line = tuple["uuid.UUID", float, int, str, "int | None", "str | None"]


@dataclass(frozen=True, slots=True)
class Book:
    """Somebody's address book: whom of the network they have in it, and how well they know whom."""

    user_id: uuid.UUID
    people: list[int]
    ties: list[tuple[int, int, float, bool]]


@dataclass(frozen=True, slots=True)
class Past:
    """All that has happened; ages are days before the first start.

    Attributes:
        team: of the demo user, the longest member first.
        interactions: of the demo user: person, age, kind, direction.
        cadences: how often the demo user wants to talk to whom: person, days.
        enriched: contacts of the demo user: person, age, providers that were asked and what each charged.
        ledger: user, age, credits, note, person, provider.
    """

    growth: Growth
    team: list[Member]
    team_name: str
    books: list[Book]
    introductions: list[Introduction]
    interactions: list[tuple[int, float, str, str]]
    cadences: list[tuple[int, int]]
    enriched: list[tuple[int, float, list[tuple[str, str, int]]]]
    ledger: list[Line]


def remember(network: Network, seed: int = SEED) -> Past:
    """Invents it.

    Args:
        network: the demo user's.
        seed: another one gives another past.
    """
    draw = random.Random(seed + LUCKY)
    known = {tie.target: tie.strength for tie in network.ties if tie.source == ME}
    colleagues = [index for index in sorted(known, key=lambda index: -known[index]) if network.people[index].email]
    growth = grow(draw, network.people, colleagues[:COLLEAGUES])
    me = growth.members[0]
    team = [me, *growth.members[1 : COLLEAGUES + 1]]
    books, others = _books(draw, network, growth, team)
    enriched = _enriched(draw, network, known)
    introductions = [*own_introductions(draw, network, me.id), *others]
    interactions = _interactions(draw, draw.sample(sorted(known), MET))
    return Past(
        growth=growth,
        team=team,
        team_name=network.people[colleagues[0]].company.name,
        books=books,
        introductions=introductions,
        interactions=interactions,
        cadences=_cadences(interactions),
        enriched=enriched,
        ledger=_ledger(growth, enriched),
    )


def _books(
    draw: random.Random, network: Network, growth: Growth, team: list[Member]
) -> tuple[list[Book], list[Introduction]]:
    ties_of: dict[int, list[Tie]] = defaultdict(list)
    for tie in network.ties:
        if ME not in {tie.source, tie.target}:
            ties_of[tie.source].append(tie)
    ways = [tie for ties in ties_of.values() for tie in ties if _both_have_mail(network.people, tie)]
    books, introductions = [], []
    for member in growth.members[1:]:
        if member in team:
            size, knows = COLLEAGUE_BOOK, COLLEAGUE_KNOWS
        else:
            size = draw.choice(BOOK_SIZES if member.activated_age is not None else FEW_CONTACTS)
            knows = size
        people = [index for index in draw.sample(range(len(network.people)), size) if index != member.person]
        mine = {index: round(draw.triangular(0.1, 0.95, 0.4), 2) for index in people[:knows]}
        done = draw.choice(OTHERS_DONE) if member.activated_age is not None and member.activated_age > 20 else 0  # noqa: PLR2004
        for tie in draw.sample(ways, done):
            if member.person in {tie.source, tie.target} or not member.activated_age:
                continue
            mine[tie.source] = round(draw.uniform(0.4, 0.9), 2)
            age = draw.uniform(8, member.activated_age - 1)
            way = Way(tie.source, tie.target, round(mine[tie.source] * tie.strength, 4))
            introductions.append(finished_introduction(draw, member.id, way, age))
            people += [person for person in way[:2] if person not in people]
        inside = set(people)
        among = [
            (tie.source, tie.target, tie.strength, tie.mutual)
            for person in people
            for tie in ties_of[person]
            if tie.target in inside
        ]
        books.append(Book(member.id, people, [*((ME, index, value, True) for index, value in mine.items()), *among]))
    return books, introductions


def _both_have_mail(people: list[Person], tie: Tie) -> bool:
    return bool(people[tie.source].email and people[tie.target].email)


def _interactions(draw: random.Random, people: list[int]) -> list[tuple[int, float, str, str]]:
    """Some were met often and lately, some long ago; each in a rhythm of their own."""
    found = []
    for person in people:
        last = draw.triangular(1, 400, 20)
        for _ in range(draw.randint(2, 16)):
            found.append((person, last, *draw.choice(WAYS)))
            last += draw.expovariate(1 / 18) + 0.05
    return found


def _cadences(interactions: list[tuple[int, float, str, str]]) -> list[tuple[int, int]]:
    last: dict[int, float] = {}
    for person, age, *_ in interactions:
        last[person] = min(age, last.get(person, age))
    met = [(person, age) for person, age in last.items() if age > RHYTHMS[0] + 1][: DUE + NOT_YET_DUE]
    due = [(person, max(days for days in RHYTHMS if days < age - 1)) for person, age in met[:DUE]]
    return due + [(person, min(days for days in RHYTHMS if days > age + 1)) for person, age in met[DUE:]]


def _enriched(
    draw: random.Random, network: Network, known: dict[int, float]
) -> list[tuple[int, float, list[tuple[str, str, int]]]]:
    """Contacts that providers were asked about: most know somebody, the dear one is asked where the others do not."""
    subjects = [index for index in sorted(known) if network.people[index].email and network.people[index].linkedin_slug]
    found = []
    for person in draw.sample(subjects, ENRICHED):
        attempts = []
        for provider, cost, _, _ in PROVIDERS:
            outcome = "found" if draw.random() < 0.7 or provider == "domain" else "not_found"  # noqa: PLR2004
            attempts.append((provider, outcome, cost if outcome == "found" else 0))
            if provider == "hunter" and outcome == "found":
                break
        found.append((person, draw.uniform(3, 60), attempts))
    return found


def _ledger(growth: Growth, enriched: list[tuple[int, float, list[tuple[str, str, int]]]]) -> list[Line]:
    lines: list[Line] = [(m.id, m.joined_age, START_CREDITS, "to start with", None, None) for m in growth.members]
    lines += [(*line, None, None) for line in reward_lines(growth)]
    me = growth.members[0].id
    for person, age, attempts in enriched:
        costs = {name: cost for name, cost, _, _ in PROVIDERS}
        for number, (provider, outcome, _) in enumerate(attempts):
            if costs[provider]:
                at = age - number / 86400
                lines.append((me, at, -costs[provider], "", person, provider))
                if outcome == "not_found":
                    lines.append((me, at - 0.5 / 86400, costs[provider], "", person, provider))
    return lines


def enrichment(person: Person, attempts: list[tuple[str, str, int]], at: str) -> dict[str, Any]:
    """A contact's `enrichment` as the consumer writes it.

    Args:
        person: as the contact has it.
        attempts: provider, outcome, credits.
        at: when, RFC 3339.
    """
    values = {
        "company": person.company.name,
        "title": person.title,
        "location": person.place.name,
        "linkedin_url": f"https://www.linkedin.com/in/{person.linkedin_slug}",
    }
    answered = {provider for provider, outcome, _ in attempts if outcome == "found"}
    fields: dict[str, dict[str, Any]] = {}
    for provider, _, names, confidence in PROVIDERS:
        if provider in answered:
            for name in names:
                fields[name] = {"value": values[name], "provider": provider, "confidence": confidence, "at": at}
    return {
        "status": "done" if fields.keys() == values.keys() else "partial",
        "fields": fields,
        "attempts": [{"provider": p, "outcome": o, "credits": c, "at": at} for p, o, c in attempts],
        "enriched_at": at,
    }
