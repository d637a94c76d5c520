"""Made-up address books with labels: which cards are of one person, as phones, LinkedIn, mail programs, CRMs and guest lists leave them.

Beside people with several cards there are those that only look alike: families with one number or address, namesakes, fathers and sons,
colleagues behind one switchboard, and desks such as info@. From a fixed seed, the same book each time.
"""

from __future__ import annotations

import random
import unicodedata
from typing import NamedTuple

from benchmarks.address_books import vocabulary

# Short forms of given names, written by hand; some of them the product knows, some it does not.
SHORT = {
    "Robert": ("Bob", "Rob", "Bobby"), "James": ("Jim", "Jamie"), "William": ("Bill", "Will", "Billy"), "Michael": ("Mike", "Mick"),
    "David": ("Dave",), "John": ("Jack", "Johnny"), "Patricia": ("Pat", "Trish"), "Jennifer": ("Jen", "Jenny"), "Elizabeth": ("Liz", "Beth", "Lizzie"),
    "Barbara": ("Barb",), "Maria": ("Mia",), "José": ("Pepe",), "Francois": ("Fanfan",), "Carlos": ("Charly",), "Katherine": ("Kate", "Kathy"),
    "Alexander": ("Alex", "Sasha"), "Nicholas": ("Nick",), "Thomas": ("Tom",), "Joseph": ("Joe",), "Richard": ("Dick", "Rick"), "Susan": ("Sue",),
    "Margaret": ("Maggie", "Peggy"), "Christopher": ("Chris",), "Benjamin": ("Ben",), "Samuel": ("Sam",), "Daniel": ("Dan", "Danny"), "Ivan": ("Vanya",),
    "Dmitri": ("Dima",), "Johannes": ("Hans",), "Friedrich": ("Fritz",), "Giuseppe": ("Beppe",), "Francisco": ("Paco",), "Dolores": ("Lola",),
}  # fmt: skip
FREE = ("gmail.com", "outlook.com", "web.de", "yahoo.com", "icloud.com", "gmx.net")
PLACES = ("Berlin", "Lisbon", "Porto", "London", "Austin, TX", "São Paulo", "Kraków", "Milano", "Lyon", "Oslo")
DESKS = ("info", "support", "sales", "office", "billing")


class Card(NamedTuple):
    """One contact of a book.

    Attributes:
        person: whose card it is: cards of one person are duplicates.
        name, emails, phones, company, title, location, slug, birthday: as written on the card; empty for nothing.
    """

    person: str
    name: str
    emails: list[str]
    phones: list[str]
    company: str = ""
    title: str = ""
    location: str = ""
    slug: str = ""
    birthday: str = ""


class _Person(NamedTuple):
    first: str
    last: str
    emails: list[str]
    phones: list[str]
    jobs: list[tuple[str, str, str]]
    place: str
    slug: str
    birthday: str


class _Maker:
    def __init__(self, seed: int, people: int, *, more_cards: float) -> None:
        self.draw = random.Random(seed)
        self._words = vocabulary()
        # names are shared more in a larger book, but new ones go on coming
        self._firsts = [*SHORT, *self._words.first_names[: max(150, people // 20)]]
        self._lasts = self._words.surnames[: max(400, people // 2)]
        self._companies = self._words.companies[: max(100, people // 6)]
        self._more_cards = more_cards
        self._number = 0

    def skewed(self, choices: list[str]) -> str:
        return choices[int(self.draw.random() ** 2 * len(choices))]

    def number(self) -> str:
        self._number += 1
        return f"{self.draw.choice(('+49 30', '+1 415', '+44 20', '+351 21', '+55 11'))} {self._number:07d}"

    def person(self, like: _Person | None = None) -> _Person:
        first, last = self.skewed(self._firsts), self.skewed(self._lasts) if like is None else like.last
        jobs = []
        for _ in range(2 if self.draw.random() < 0.35 else 1):
            company = self.skewed(self._companies)
            jobs.append((company, self.skewed(self._words.titles), f"{plain(company.split()[0])}.com"))
        self._number += 1
        mark = self.draw.choice(("", "", str(self._number % 97)))
        emails = [f"{plain(first)}.{plain(last)}{mark}@{domain}" for _, _, domain in jobs]
        emails.append(f"{plain(first)[0]}{plain(last)}{self._number}@{self.draw.choice(FREE)}")
        phones = [self.number() for _ in range(self.draw.choice((1, 1, 2)))]
        day = f"19{self.draw.randint(45, 99)}-{self.draw.randint(1, 12):02}-{self.draw.randint(2, 28):02}"
        return _Person(
            first, last, emails, phones, jobs, self.draw.choice(PLACES), f"{plain(first)}-{plain(last)}-{self._number:x}", day
        )  # fmt: skip

    def cards(self, key: str, person: _Person) -> list[Card]:
        count = 1
        while count < 6 and self.draw.random() < self._more_cards:
            count += 1
        kinds = self.draw.sample(("phone", "linkedin", "mail", "crm", "guests", "phone"), count)
        return [self._card(key, person, kind) for kind in kinds]

    def _card(self, key: str, person: _Person, kind: str) -> Card:
        draw = self.draw
        company, title, _ = draw.choice(person.jobs)
        name = self._name(person)
        if kind == "phone":
            phones = [self._spelt(draw.choice(person.phones))] + (
                [self._spelt(person.phones[-1])] if draw.random() < 0.3 else []
            )
            emails = [draw.choice(person.emails)] if draw.random() < 0.35 else []
            return Card(key, name, emails, phones, birthday=person.birthday if draw.random() < 0.1 else "")
        if kind == "linkedin":
            return Card(key, name, [], [], company, title, person.place if draw.random() < 0.3 else "", person.slug)
        if kind == "mail":
            return Card(key, "" if draw.random() < 0.25 else name, [draw.choice(person.emails)], [])
        if kind == "guests":
            return Card(
                key,
                name,
                [],
                [],
                company if draw.random() < 0.8 else "",
                title if draw.random() < 0.4 else "",
                person.place,
            )
        emails = draw.sample(person.emails, draw.choice((1, 1, 2)))
        phones = [self._spelt(person.phones[0])] if draw.random() < 0.6 else []
        return Card(key, name, emails, phones, company, title, birthday=person.birthday if draw.random() < 0.15 else "")

    def _name(self, person: _Person) -> str:  # noqa: C901 - one branch for each way of writing
        draw = self.draw
        first, last = person.first, person.last
        change = draw.random()
        if change < 0.12 and first in SHORT:
            first = draw.choice(SHORT[first])
        elif change < 0.16:
            first = f"{first[0]}."
        elif change < 0.21:
            last = self._misspelt(last)
        elif change < 0.23:
            first = self._misspelt(first)
        elif change < 0.27:
            return f"{last}, {first}"
        elif change < 0.30:
            first = f"{first} {draw.choice('ABCDEJKLM')}."
        elif change < 0.33:
            last = f"{last}, MBA"
        elif change < 0.36:
            return plain(f"{first} {last}").title()
        elif change < 0.38:
            last = self.skewed(self._lasts)  # married
        elif change < 0.41:
            return first
        return f"{first} {last}"

    def _misspelt(self, word: str) -> str:
        place = self.draw.randrange(len(word))
        way = self.draw.randrange(3)
        if way == 0 and len(word) > 3:
            return word[:place] + word[place + 1 :]
        if way == 1:
            return word[:place] + word[place] + word[place:]
        return word[:place] + self.draw.choice("aeionrst") + word[place + 1 :]

    def _spelt(self, phone: str) -> str:
        code, area, rest = phone.split()
        return self.draw.choice(
            (phone, f"{code}{area}{rest}", f"({area}) {rest[:3]}-{rest[3:]}", f"{code} ({area}) {rest}")
        )


def plain(word: str) -> str:
    """As an e-mail address writes it."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()


def make_book(contacts: int, *, seed: int, more_cards: float = 0.32) -> list[Card]:
    """A book of about so many contacts, in a mixed order.

    Args:
        contacts: how many.
        seed: the same book each time.
        more_cards: how likely a person has one card more.
    """
    maker = _Maker(seed, contacts, more_cards=more_cards)
    draw = maker.draw
    cards: list[Card] = []
    number = 0
    while len(cards) < contacts:
        number += 1
        person = maker.person()
        chance = draw.random()
        if chance < 0.03:  # a family: one number, sometimes one address
            shared, address = maker.number(), f"family@{plain(person.last)}{number}.example"
            for member in range(draw.randint(2, 3)):
                one = maker.person(like=person)
                one = one._replace(
                    phones=[shared], emails=[*one.emails, address] if draw.random() < 0.5 else one.emails
                )
                cards += maker.cards(f"{number}f{member}", one)
        elif chance < 0.035:  # father and son
            for mark in ("Jr.", "Sr."):
                cards.append(Card(f"{number}{mark}", f"{person.first} {person.last} {mark}", [], [person.phones[0]]))
        elif chance < 0.045:  # a namesake at another company
            cards += maker.cards(f"{number}a", person)
            other = maker.person(like=person)
            cards += maker.cards(f"{number}b", other._replace(first=person.first))
        elif chance < 0.055:  # a switchboard
            company, _, domain = person.jobs[0]
            board = maker.number()
            for place in range(draw.randint(2, 5)):
                one = maker.person()
                cards += maker.cards(
                    f"{number}s{place}", one._replace(phones=[board], jobs=[(company, one.jobs[0][1], domain)])
                )
        elif chance < 0.065:  # desks
            company, _, domain = person.jobs[0]
            cards += [
                Card(f"{number}{desk}", f"{company} {desk.title()}", [f"{desk}@{domain}"], [], company)
                for desk in draw.sample(DESKS, 2)
            ]
        else:
            cards += maker.cards(str(number), person)
    del cards[contacts:]
    draw.shuffle(cards)
    return _as_imported(cards)


def _as_imported(cards: list[Card]) -> list[Card]:
    """Without what an import would have joined: an address that a contact has as its first, a profile that one has."""
    firsts: set[str] = set()
    slugs: set[str] = set()
    kept = []
    for card in cards:
        emails = sorted(card.emails, key=lambda email: email in firsts)
        if emails and emails[0] in firsts:
            if not card.name or card.slug in slugs:
                continue
            emails = [f"x{len(firsts)}@elsewhere.example", *emails]
        slug = "" if card.slug in slugs else card.slug
        firsts.update(emails[:1])
        slugs.add(slug)
        kept.append(card._replace(emails=emails, slug=slug))
    return kept
