"""Reads `words.toml`, what the demo network is made of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Place:
    """A city.

    Attributes:
        name: as an address book writes it, e.g. "Lisbon, Portugal".
        weight: how many people live there, relative to the others.
        phone: the start of a telephone number.
        names: keys of `Words.names` that are common there.
    """

    name: str
    weight: int
    phone: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A line of work: its titles, from the one that most have to the one that one person has."""

    titles: list[str]
    share: int


@dataclass(frozen=True, slots=True)
class Industry:
    """What a company does: the words its name ends in, its share of all companies, its jobs."""

    endings: list[str]
    share: int
    jobs: list[Job]


@dataclass(frozen=True, slots=True)
class Words:
    """All of the file; `names` are first and last ones by where they are common."""

    companies: list[str]
    schools: list[str]
    events: list[str]
    tags: list[str]
    notes: list[str]
    places: list[Place]
    industries: dict[str, Industry]
    everywhere: list[Job]
    names: dict[str, tuple[list[str], list[str]]]


@cache
def words() -> Words:
    """What the file says."""
    document = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    industries = {
        name: Industry(
            _list(entry["endings"]),
            entry["share"],
            [Job(_list(job["titles"]), job["share"]) for job in entry["jobs"]],
        )
        for name, entry in document["industries"].items()
    }
    return Words(
        companies=_list(document["companies"]),
        schools=_list(document["schools"]),
        events=_list(document["events"]),
        tags=_list(document["tags"]),
        notes=document["notes"],
        places=[Place(**{**entry, "names": tuple(entry["names"])}) for entry in document["places"]],
        everywhere=industries.pop(EVERYWHERE).jobs,
        industries=industries,
        names={region: (_list(entry["first"]), _list(entry["last"])) for region, entry in document["names"].items()},
    )


def _list(text: str) -> list[str]:
    return [" ".join(item.split()) for item in text.split(",")]
