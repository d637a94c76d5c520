"""Writes the small network that the app gives to whoever tries it: `python -m dev.seed.starter`.

Three files, as anybody could import them: contacts, ties among them, and what passed between them and the user, from
which the product computes the user's own ties. Interactions say how many days ago they were, because warmth fades.
"""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dev.seed.network import ME, Network, Person, generate

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parents[2] / "frontend" / "src" / "app" / "demo"
SEED = 20_261_130
PEOPLE = 300
# What the field of the app's first page suggests: a name, a company and a title.
NAME, COMPANY, TITLE = "Mei Tanaka", "Globex", "Head of Design"
DOMAIN = "globex.example"
HEADS_OF_DESIGN = 3

# From docs/strength.md: days in which a tie fades by half, and how much each kind of interaction adds to W, where e-mails go both ways in turn.
FADES_IN_DAYS = 180
WEIGHTS = {"meeting": 5.0, "call": 3.5, "email": 1.5}
HALF_STRENGTH = 10.0  # the W of a strength of one half
KINDS = ("email", "email", "meeting", "email", "email", "call")
MOST_INTERACTIONS = 14
# The last interaction with somebody as close as can be, and with a stranger, was so long ago.
NEAR_DAYS, FAR_DAYS = 2, 100
DAYS_BETWEEN = 9


def files(seed: int = SEED, people: int = PEOPLE) -> dict[str, str]:
    """Invents the network, the same one every time; the content of each file by its name."""
    network = generate(seed, people)
    known = _known(network)
    there = dict(enumerate(_with_examples(network, known)))
    # Ties and interactions name people by their addresses.
    there = {index: person for index, person in there.items() if person.email}
    draw = random.Random(seed)
    return {
        "contacts.csv": _csv(
            "Name,Email,Company,Title,Location,Notes",
            ((p.name, p.email, p.company.name, p.title, p.place.name, p.notes) for p in there.values()),
        ),
        "ties.csv": _csv(
            "from_email,to_email,strength,mutual",
            (
                (there[tie.source].email, there[tie.target].email, tie.strength, str(tie.mutual).lower())
                for tie in network.ties
                if tie.source in there and tie.target in there
            ),
        ),
        "interactions.csv": _csv(
            "email,kind,direction,days_ago",
            (
                (there[index].email, *interaction)
                for index, strength in sorted(known.items())
                if index in there
                for interaction in _past(draw, strength)
            ),
        ),
    }


def _known(network: Network) -> dict[int, float]:
    """Whom the user knows, and how well."""
    return {
        tie.target if tie.source == ME else tie.source: tie.strength
        for tie in network.ties
        if ME in {tie.source, tie.target}
    }


def _with_examples(network: Network, known: dict[int, float]) -> list[Person]:
    """The people, the examples of the app's first page among them, none of whom the user knows yet."""
    warmth = _warmth(network, known)
    groups: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(network.people):
        groups[person.company.name].append(index)
    strangers = [group for group in groups.values() if not known.keys() & set(group)]
    chosen = max(strangers, key=len)
    people = list(network.people)
    for index in chosen:
        person = people[index]
        company = replace(person.company, name=COMPANY, domain=DOMAIN)
        email = person.email and f"{person.email.partition('@')[0]}@{DOMAIN}"
        people[index] = replace(person, company=company, email=email)
    ranked = sorted(warmth, key=lambda index: -warmth[index])
    mei = next(index for index in ranked if index in chosen)
    people[mei] = replace(people[mei], name=NAME, email=f"{NAME.lower().replace(' ', '.')}@{DOMAIN}")
    heads = [next(index for index in ranked[::-1] if index in chosen)]
    heads += [index for index in ranked if index not in chosen][: HEADS_OF_DESIGN - 1]
    for index in heads:
        people[index] = replace(people[index], title=TITLE)
    return people


def _warmth(network: Network, known: dict[int, float]) -> dict[int, float]:
    """How warm the best way is to those whom somebody knows whom the user knows."""
    warmth: dict[int, float] = {}
    for tie in network.ties:
        ways = [(tie.source, tie.target)] + ([(tie.target, tie.source)] if tie.mutual else [])
        for through, index in ways:
            if through in known and index not in known and index != ME and network.people[index].email:
                warmth[index] = max(warmth.get(index, 0), known[through] * tie.strength)
    return warmth


def _past(draw: random.Random, strength: float) -> list[tuple[str, str, float]]:
    """Kinds, directions and days of interactions from which about this strength follows."""
    last = round(NEAR_DAYS + (FAR_DAYS - NEAR_DAYS) * (1 - strength) ** 2 * draw.uniform(0.4, 1), 2)
    recency = 0.5 ** (last / FADES_IN_DAYS)
    at_last = min(0.95, strength / recency)
    wanted = HALF_STRENGTH * at_last / (1 - at_last)
    past: list[tuple[str, str, float]] = []
    weight, day = 0.0, last
    while weight < wanted and len(past) < MOST_INTERACTIONS:
        kind = KINDS[len(past) % len(KINDS)]
        direction = ("out", "in")[len(past) % 2] if kind == "email" else "both"
        past.append((kind, direction, round(day, 2)))
        weight += WEIGHTS[kind] * 0.5 ** ((day - last) / FADES_IN_DAYS)
        day += draw.uniform(1, 2 * DAYS_BETWEEN)
    return past


def _csv(header: str, rows: Iterable[tuple[object, ...]]) -> str:
    text = io.StringIO()
    text.write(header + "\n")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def main() -> None:
    """Writes the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
