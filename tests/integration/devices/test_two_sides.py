"""Edits of both sides in any order, over a line that breaks: nobody doubles, nothing is lost."""

from __future__ import annotations

import contextlib
import itertools
import random
import re
import threading

import pytest

from shared.devices.card_lines import split_lines
from tests.integration.devices.conftest import CONTACTS, DATA, card


class BrokenError(Exception):
    """The line broke: the program tries again at its next turn."""


class Line:
    """A connection that refuses, cuts, loses answers or is told to wait."""

    def __init__(self, dav, dice, rate):
        self.dav, self.dice, self.rate, self.faults = dav, dice, rate, 0

    def __getattr__(self, name):
        real = getattr(self.dav, name)

        def call(*args, **kwargs):
            fault = self.dice.choice(("refused", "lost", "503")) if self.dice.random() < self.rate else ""
            self.faults += bool(fault)
            if fault in {"refused", "503"}:
                raise BrokenError(fault)
            answer = real(*args, **kwargs)
            if fault == "lost":
                raise BrokenError(fault)
            assert getattr(answer, "status_code", 200) < 500, answer.text
            return answer

        return call


class Program:
    """A program that behaves as DAVx5 does: it uploads, then asks what has changed; at 409 and 412 it drops its own edit."""

    def __init__(self, line):
        self.line = line
        self.token = ""
        self.cards, self.etags = {}, {}  # name -> text, name -> version; "" where it is not known
        self.edited, self.new, self.removed = set(), set(), {}

    def create(self, name, text):
        self.cards[name] = text
        self.new.add(name)

    def change(self, name, text):
        self.cards[name] = text
        if name not in self.new:
            self.edited.add(name)

    def remove(self, name):
        del self.cards[name]
        self.edited.discard(name)
        if name in self.new:
            self.removed[name] = None  # perhaps it was uploaded, and the answer was lost
            self.new.discard(name)
        else:
            self.removed[name] = self.etags.pop(name, "")

    def sync(self):
        for name, etag in list(self.removed.items()):
            self.line.delete(name, **({"If_Match": etag} if etag else {}))
            self.removed.pop(name)  # refused: it comes back by itself
        for name in list(self.new):
            self._uploaded(name, self.line.put(name, self.cards[name], If_None_Match="*"))
            self.new.discard(name)
        for name in list(self.edited):
            # without a version, after an answer that named none, it takes the card for new
            known = self.etags.get(name)
            self._uploaded(
                name,
                self.line.put(name, self.cards[name], **({"If_Match": known} if known else {"If_None_Match": "*"})),
            )
            self.edited.discard(name)
        delta = self.line.sync(self.token)
        asked = [name for name, etag in delta.changed.items() if self.etags.get(name) != etag]
        hrefs = "".join(f"<d:href>{self.line.dav.book}{name}</d:href>" for name in asked)
        texts = {}
        if asked:
            answer = self.line.report(f"<c:addressbook-multiget %s>{DATA}{hrefs}</c:addressbook-multiget>").text
            for part in answer.split("<d:response>")[1:]:
                name = part.partition("</d:href>")[0].rpartition("/")[2]
                etag = re.search(r"<d:getetag>(.*?)</d:getetag>", part)
                data = re.search(r"<card:address-data>(.*?)</card:address-data>", part, re.DOTALL)
                if etag and data:
                    texts[name] = (etag[1], data[1].replace("&#13;", "\r").replace("&amp;", "&"))
        for name in delta.gone:
            self.cards.pop(name, None)
            self.etags.pop(name, None)
            self.edited.discard(name)
        for name, (etag, text) in texts.items():
            self.cards[name], self.etags[name] = text, etag
            self.edited.discard(name)
        self.token = delta.token

    def _uploaded(self, name, answer):
        if answer.status_code in {201, 204}:
            self.etags[name] = answer.headers.get("ETag", "")
            if not self.etags[name]:
                self.etags.pop(name)
        else:
            assert answer.status_code in {409, 412}, (answer.status, answer.text)
            self.etags[name] = ""
            if answer.status_code == 409:
                self.cards.pop(name)


def name_on(text):
    return next(line.value for line in split_lines(text) if line.name == "FN")


class World:
    """A user with an app and a program, and what each has said of whom."""

    def __init__(self, api, dav, seed, rate):
        self.api, self.dice = api, random.Random(seed)
        self.program = Program(Line(dav, self.dice, rate))
        self.facts = {}  # name of the person -> what was said of them
        self.gone = set()
        self.count = 0

    def people(self):
        items, cursor = [], None
        while True:
            page = self.api.get(CONTACTS, query_string={"limit": 200} | ({"cursor": cursor} if cursor else {})).json
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return {item["name"]: item for item in items if not item["is_self"]}

    def fresh(self):
        self.count += 1
        return f"{self.count:05}"

    def app_edit(self):
        people = self.people()
        what, number = self.dice.random(), self.fresh()
        if what < 0.15 or not people:
            self.api.post(CONTACTS, json={"name": f"App {number}", "enrich": False, "phones": [f"+1{number}"]})
            self.facts[f"App {number}"] = {f"+1{number}"}
            return
        name = self.dice.choice(sorted(people))
        one = people[name]
        path = f"{CONTACTS}/{one['id']}"
        if what < 0.2:
            self.api.delete(path)
            self.gone.add(name)
        elif what < 0.6:
            self.api.patch(path, json={"phones": [*one["phones"], f"+2{number}"]})
            self.facts[name].add(f"+2{number}")
        elif what < 0.8:
            self.api.patch(path, json={"tags": [*one["tags"], f"tag{number}"]})
            self.facts[name].add(f"tag{number}")
        else:
            self.api.patch(path, json={"title": f"title{number}"})

    def device_edit(self):
        what, number = self.dice.random(), self.fresh()
        cards = self.program.cards
        if what < 0.2 or not cards:
            self.program.create(
                f"d{number}.vcf",
                card(f"uid-of-{number}", f"Dev {number}", f"N:{number};Dev;;;", f"X-OWN-{number}:kept{number}"),
            )
            self.facts[f"Dev {number}"] = {f"kept{number}"}
            return
        href = self.dice.choice(sorted(cards))
        name = name_on(cards[href])
        if what < 0.25:
            # an edit that was not sent goes with the card, also where the removal is refused
            kept = self.said(people[name]) if name in (people := self.people()) else set()
            self.facts[name] &= kept
            self.program.remove(href)
            self.gone.add(name)
            return
        line = self.dice.choice((f"EMAIL:e{number}@acme.com", f"X-FOO-{number}:foo{number}", f"TITLE:mine{number}"))
        kept = [one.text for one in split_lines(cards[href])]
        if line.startswith("TITLE"):
            kept = [one for one in kept if not one.startswith("TITLE")]
        else:
            self.facts[name].add(line.partition(":")[2])
        self.program.change(href, "\r\n".join([*kept[:-1], line, kept[-1]]) + "\r\n")

    @staticmethod
    def said(item):
        return {*item["phones"], *item["tags"], *item["emails"], *item["custom"].values()}

    def settle(self):
        self.program.line.rate = 0
        for _ in range(4):
            self.program.sync()

    def check(self):
        people = self.people()
        texts = {name_on(text): text for text in self.program.cards.values()}
        assert len(texts) == len(self.program.cards), "a card is there twice"
        assert set(texts) == set(people), "the sides differ"
        assert set(self.facts) - self.gone <= set(people), "somebody is lost whom nobody removed"
        lost = {name: {fact for fact in self.facts[name] if fact not in text} for name, text in texts.items()}
        assert {name: facts for name, facts in lost.items() if facts} == {}
        for name, item in people.items():
            assert self.facts[name] - self.said(item) == set(), (name, item)
            numbers = re.findall(r"TEL[^:]*:(.*)\r", texts[name])
            assert len(numbers) == len(set(numbers))


def play(api, dav, edits, rate, seed):
    world = World(api, dav, seed, rate)
    for _ in range(edits):
        if world.dice.random() < 0.5:
            world.app_edit()
        else:
            world.device_edit()
        if world.dice.random() < 0.3:
            with contextlib.suppress(BrokenError):
                world.program.sync()
    world.settle()
    world.check()
    return world


def test_both_sides_edit_and_the_line_breaks(api, dav):
    world = play(api, dav, 120, 0.2, 7)
    assert world.program.line.faults > 5


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("rate", "seed"), [(0.05, 1), (0.2, 2), (0.3, 3)])
def test_a_thousand_edits_of_both_sides(api, dav, rate, seed):
    play(api, dav, 1000, rate, seed)


def dav_turn(dav, seed):
    """One PUT or DELETE after the other."""
    dice, count = random.Random(seed), itertools.count()
    mine: list[str] = []

    def turn():
        key = f"{seed}x{next(count)}"
        if mine and dice.random() < 0.4:
            name = dice.choice(mine)
            if dice.random() < 0.3:
                mine.remove(name)
                return dav.delete(name)
            return dav.put(name, card(f"uid-{name}", f"Person {name}", f"NOTE:{key}"))
        mine.append(f"{key}.vcf")
        return dav.put(mine[-1], card(f"uid-{mine[-1]}", f"Person {mine[-1]}"), If_None_Match="*")

    return turn


def app_turn(api, seed):
    """One edit, new contact or import after the other."""
    dice, count = random.Random(seed), itertools.count()
    mine: list[str] = []

    def turn():
        key = f"{seed}x{next(count)}"
        if seed == 2:
            rows = "\n".join(f"Imported {key} {row},i{key}-{row}@acme.com" for row in range(100))
            headers = {"Content-Type": "text/csv"}
            return api.post(f"{CONTACTS}/import?enrich=false", data=f"name,email\n{rows}", headers=headers)
        if mine and dice.random() < 0.6:
            return api.patch(f"{CONTACTS}/{dice.choice(mine)}", json={"title": key})
        answer = api.post(CONTACTS, json={"name": f"Single {key}", "enrich": False})
        if answer.status_code == 201:
            mine.append(answer.json["id"])
        return answer

    return turn


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_delta_misses_what_five_writers_do(api, connect, user_email):
    """Single edits, imports, PUTs and DELETEs at once, against a reader that asks all the time; it must end with what there is."""
    reader, writers = connect(), [connect(f"writer {number}") for number in range(2)]
    stop, problems, done = threading.Event(), [], [0] * 5

    def work(number):
        turn = dav_turn(writers[number], number) if number < 2 else app_turn(api.as_user(user_email), number)
        while not stop.is_set():
            answer = turn()
            if answer.status_code >= 500 and answer.status_code != 503:
                problems.append((answer.status, answer.text[:300]))
            done[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    known, token, deltas = {}, "", 0

    def read():
        nonlocal token, deltas
        delta = reader.sync(token)
        known.update(delta.changed)
        for name in delta.gone:
            known.pop(name, None)
        token, deltas = delta.token, deltas + 1

    try:
        while deltas < 766 and not problems:
            read()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    read()
    assert problems == []
    assert min(done) > 3
    assert known == reader.listing()
