"""Invents the demo network: people in companies, schools and circles, and who of them knows whom, how well.

The same seed gives the same network on every machine: everything is drawn from one `random.Random`, in a fixed order.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from dev.seed.words import Place, words

SEED = 20_250_601
PEOPLE = 2_000
COMPANIES = 150
# The self contact, as an index into the people.
ME = -1

# How likely something is, for a person or a tie.
LIVES_AT_WORK = 0.75
NAMED_AS_COMMON_THERE = 0.85
CHANGED_EMPLOYER = 0.45
GOES_TO_AN_EVENT = 0.5
HAS_PRIVATE_ADDRESS = 0.15
CAME_WITHOUT_ADDRESS = 0.08
HAS_PHONE = 0.35
HAS_BIRTHDAY = 0.18
BIRTHDAY_WITHOUT_YEAR = 0.3
HAS_LINKEDIN = 0.7
HAS_NOTE = 0.15
IS_MUTUAL = 0.95
TAGS_BESIDE_DEMO = (0.6, 0.3, 0.1)
# People who are in the book twice: some with the same phone, some with nothing in common but name and employer.
TWICE_WITH_A_PHONE, TWICE_BY_NAME = 5, 6

FIRST_YEAR, LAST_YEAR = 1962, 2001
LEAP_SAFE_DAYS = 28
# Letters that decomposing leaves as they are.
UNACCENTED = str.maketrans("øłı", "oli", "") | {ord("ß"): "ss", ord("æ"): "ae"}
# Sizes of companies follow a power law: a few large ones, many small.
SIZE_EXPONENT = 0.8
NEIGHBOURHOOD = 6
# How many know somebody who is well known follows one, too.
FAME_EXPONENT = 0.9
TIES_PER_PERSON = 6


@dataclass(frozen=True, slots=True)
class Company:
    """A company that does not exist; its domain is under `.example`, which never will."""

    name: str
    domain: str
    industry: str
    place: Place


@dataclass(slots=True)
class Person:
    """One contact of the demo network.

    Attributes:
        birthday: `YYYY-MM-DD`, `--MM-DD` or None.
        since_days: how long ago the contact was added.
        school: not shown except in notes; people of one school know one another.
        former: where they worked before.
        circle: an event they go to; empty for none.
    """

    name: str
    company: Company
    title: str
    place: Place
    email: str | None
    emails: list[str]
    phones: list[str]
    birthday: str | None
    linkedin_slug: str | None
    tags: list[str]
    notes: str | None
    since_days: int
    school: str
    former: Company | None
    circle: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Who knows whom: indexes into the people, `ME` for the self contact.

    Attributes:
        strength: in (0, 1].
        mutual: whether both would say so.
    """

    source: int
    target: int
    strength: float
    mutual: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of group that people are in.

    Attributes:
        name: company, former (company), class (of a school) or circle.
        ties: how many others each member is tied to.
        weakest: strength of the ties, from here
        strongest: to here.
    """

    name: str
    ties: int
    weakest: float
    strongest: float


GROUPS = (
    Group("company", 3, 0.3, 0.95),
    Group("former", 1, 0.15, 0.7),
    Group("class", 1, 0.2, 0.8),
    Group("circle", 1, 0.05, 0.5),
)


@dataclass(frozen=True, slots=True)
class Network:
    """All of it."""

    people: list[Person]
    ties: list[Tie]


class Taken(NamedTuple):
    """What is given once: names, addresses; and what draws again where they meet, so that the rest stays as drawn."""

    names: set[str]
    addresses: set[str]
    draw: random.Random


def generate(seed: int = SEED, people: int = PEOPLE) -> Network:
    """Invents a network.

    Args:
        seed: another one gives another network.
        people: how many.

    Returns:
        People in no particular order, and `TIES_PER_PERSON` times as many ties, no two between the same people.
    """
    draw = random.Random(seed)
    companies = _companies(draw)
    weights = [(rank + 1) ** -SIZE_EXPONENT for rank in range(len(companies))]
    taken = Taken(set(), set(), random.Random(seed))
    made = [_person(draw, draw.choices(companies, weights)[0], companies, taken, number) for number in range(people)]
    ties = _ties(draw, made)
    _enter_twice(made, taken)
    return Network(made, ties)


def _companies(draw: random.Random) -> list[Company]:
    industries = words().industries
    shares = [industry.share for industry in industries.values()]
    companies: dict[str, Company] = {}
    while len(companies) < COMPANIES:
        industry = draw.choices(list(industries), shares)[0]
        first, ending = draw.choice(words().companies), draw.choice(industries[industry].endings)
        domain = f"{_ascii(first + ending)}.example"
        companies.setdefault(domain, Company(f"{first} {ending}", domain, industry, _place(draw)))
    return list(companies.values())


def _place(draw: random.Random) -> Place:
    return draw.choices(words().places, [place.weight for place in words().places])[0]


def _person(draw: random.Random, company: Company, companies: list[Company], taken: Taken, number: int) -> Person:
    def is_so(probability: float) -> bool:
        return draw.random() < probability

    place = company.place if is_so(LIVES_AT_WORK) else _place(draw)
    first, last = _name(draw, place)
    while f"{first} {last}" in taken.names:
        first, last = _name(taken.draw, place)
    taken.names.add(f"{first} {last}")
    at_work = _address(first, last, company.domain, taken.addresses)
    private = _address(first, last, "mail.example", taken.addresses) if is_so(HAS_PRIVATE_ADDRESS) else None
    email = private if is_so(CAME_WITHOUT_ADDRESS) else at_work
    slug = f"{_ascii(first)}-{_ascii(last)}-demo{number:04d}"
    school = draw.choice(words().schools)
    event = draw.choice(words().events)
    return Person(
        name=f"{first} {last}",
        company=company,
        title=_title(draw, company.industry),
        place=place,
        email=email,
        emails=[private] if private and private != email else [],
        phones=[f"{place.phone}{draw.randint(10, 99)}"] if is_so(HAS_PHONE) else [],
        birthday=_birthday(draw) if is_so(HAS_BIRTHDAY) else None,
        linkedin_slug=slug if is_so(HAS_LINKEDIN) or email is None else None,
        tags=["demo", *sorted(draw.sample(words().tags, draw.choices((0, 1, 2), TAGS_BESIDE_DEMO)[0]))],
        notes=_note(draw, event, school, place, company) if is_so(HAS_NOTE) else None,
        since_days=int(draw.triangular(0, 1500, 120)),
        school=school,
        former=draw.choice(companies) if is_so(CHANGED_EMPLOYER) else None,
        circle=f"{event} in {place.name}" if is_so(GOES_TO_AN_EVENT) else "",
    )


def _enter_twice(people: list[Person], taken: Taken) -> None:
    """Enter a few people a second time, as another address book has them, in the place of colleagues."""
    colleagues: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        if person.email or colleagues[person.company.name]:
            colleagues[person.company.name].append(index)
    pairs = [group[:2] for group in colleagues.values() if len(group) > 1][: TWICE_WITH_A_PHONE + TWICE_BY_NAME]
    for number, (index, other) in enumerate(pairs):
        person, has_phone = people[index], number < TWICE_WITH_A_PHONE
        given, family = person.name.split(" ", 1)
        if has_phone and not person.phones:
            person.phones = [f"{person.place.phone}{taken.draw.randint(10, 99)}"]
        people[other] = replace(
            people[other],
            name=person.name if has_phone or number % 2 else f"{given[0]}. {family}",
            email=_address(given, family, "mail.example", taken.addresses),
            emails=[],
            phones=list(person.phones) if has_phone else [],
            title=person.title,
            place=person.place,
            birthday=None,
            linkedin_slug=None,
            notes=None,
        )


def _name(draw: random.Random, place: Place) -> tuple[str, str]:
    names = words().names
    common_there = draw.random() < NAMED_AS_COMMON_THERE
    firsts, lasts = names[draw.choice(place.names) if common_there else draw.choice(sorted(names))]
    return draw.choice(firsts), draw.choice(lasts)


def _title(draw: random.Random, industry: str) -> str:
    jobs = [*words().industries[industry].jobs, *words().everywhere]
    titles = draw.choices(jobs, [job.share for job in jobs])[0].titles
    return draw.choices(titles, [2.0**-rank for rank in range(len(titles))])[0]


def _note(draw: random.Random, event: str, school: str, place: Place, company: Company) -> str:
    city = place.name.split(",")[0]
    year = draw.randint(2021, 2025)
    return draw.choice(words().notes).format(event=f"{event} {year}", school=school, place=city, company=company.name)


def _birthday(draw: random.Random) -> str:
    day = f"{draw.randint(1, 12):02d}-{draw.randint(1, LEAP_SAFE_DAYS):02d}"
    return f"--{day}" if draw.random() < BIRTHDAY_WITHOUT_YEAR else f"{draw.randint(FIRST_YEAR, LAST_YEAR)}-{day}"


def _address(first: str, last: str, domain: str, taken: set[str]) -> str:
    base = f"{_ascii(first)}.{_ascii(last)}"
    address, number = f"{base}@{domain}", 1
    while address in taken:
        number += 1
        address = f"{base}{number}@{domain}"
    taken.add(address)
    return address


def _ascii(text: str) -> str:
    """Lower-case letters as they stand in addresses: no accents, no blanks."""
    spelled = text.lower().translate(UNACCENTED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)


class _Ties:
    """Collects ties; the first one between two people is kept."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._known: set[tuple[int, int]] = set()
        self.ties: list[Tie] = []

    def add(self, one: int, other: int, weakest: float, strongest: float) -> None:
        """Ties two people, most often mutually, with a strength between the two given."""
        key = (min(one, other), max(one, other))
        if one == other or key in self._known:
            return
        self._known.add(key)
        usual = weakest + (strongest - weakest) / 3
        strength = round(self._draw.triangular(weakest, strongest, usual), 2)
        self.ties.append(Tie(one, other, strength, mutual=self._draw.random() < IS_MUTUAL))


def _ties(draw: random.Random, people: list[Person]) -> list[Tie]:
    ties = _Ties(draw)
    for kind in GROUPS:
        for group in _grouped(people, kind.name):
            _tie_group(draw, ties, group, kind)
    _tie_me(draw, ties, people)
    _tie_well_known(draw, ties, len(people))
    return ties.ties


def _grouped(people: list[Person], kind: str) -> list[list[int]]:
    """The groups of one kind, each as indexes of its members; somebody may be in none."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        name = {
            "company": person.company.name,
            "former": person.former.name if person.former else "",
            # A school year: people who were there at the same time.
            "class": f"{person.school} {index % 4}",
            "circle": person.circle,
        }[kind]
        if name:
            groups[name].append(index)
    return list(groups.values())


def _tie_group(draw: random.Random, ties: _Ties, group: list[int], kind: Group) -> None:
    """Ties each member of a group to a few others, most often to neighbours: in a large group not all know all."""
    for position, member in enumerate(group):
        for _ in range(min(kind.ties, len(group) - 1)):
            distance = 1 + int(draw.expovariate(1 / NEIGHBOURHOOD))
            ties.add(member, group[(position + distance) % len(group)], kind.weakest, kind.strongest)


def _tie_me(draw: random.Random, ties: _Ties, people: list[Person]) -> None:
    """Makes the user somebody's colleague, somebody's fellow student, and acquainted with a few others."""
    colleagues, others = max(_grouped(people, "company"), key=len), _grouped(people, "class")[0]
    for index in draw.sample(colleagues, min(25, len(colleagues))):
        ties.add(ME, index, 0.4, 0.95)
    for index in draw.sample(others, min(15, len(others))):
        ties.add(ME, index, 0.3, 0.8)
    for index in draw.sample(range(len(people)), 20):
        ties.add(ME, index, 0.05, 0.4)


def _tie_well_known(draw: random.Random, ties: _Ties, people: int) -> None:
    """Fills up with acquaintances of the few whom many know: how many follows a power law."""
    weights = [(rank + 1) ** -FAME_EXPONENT for rank in range(people)]
    famous = list(range(people))
    draw.shuffle(famous)
    cumulated = list(accumulate(weights))
    while len(ties.ties) < people * TIES_PER_PERSON:
        ties.add(draw.randrange(people), draw.choices(famous, cum_weights=cumulated)[0], 0.02, 0.35)
