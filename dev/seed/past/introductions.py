"""Invents the introductions of the demo network: in every state, along ties that are there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dev.seed.network import ME
from dev.seed.past.growth import new_id

if TYPE_CHECKING:
    import random
    import uuid

    from dev.seed.network import Network

ANSWER_WITHIN_DAYS = 14.0
# Nobody is reminded, and nothing ends, of what only seems to have happened: no e-mail is ever sent for it.
NEVER_DAYS = -3650.0

# Status, days ago, what the connector and the target answered; "." is no answer.
OWN = (
    ("requested", 1.3, ". ."),
    ("requested", 6.6, ". ."),
    ("connector_accepted", 4.2, "accept ."),
    ("introduced", 6.1, "accept accept"),
    ("introduced", 12.4, "accept accept"),
    ("completed", 17.7, "accept accept"),
    ("completed", 22.2, "accept accept"),
    ("withdrawn", 25.5, "withdrawn ."),
    ("declined", 30.3, "accept decline"),
    ("not_now", 33.8, "not_now ."),
    ("completed", 39.1, "accept accept"),
    ("declined", 46.9, "decline ."),
    ("completed", 53.2, "accept accept"),
    ("expired", 61.4, "expired ."),
    ("completed", 72.6, "accept accept"),
)
OTHERS_DONE = (0, 0, 1, 1, 2, 3)

PURPOSES = ("Hiring", "Advice", "Partnership", "Fundraising", "Research")
MESSAGES = (
    "I would like to hear how they build their data team; half an hour would help me a lot.",
    "We are choosing between two ways to enter this market, and they have gone one of them.",
    "I am looking for a first designer and would value their view of who is good.",
    "Their talk on pricing stayed with me. I have three questions and would keep it short.",
    "We may be able to help each other: they need what we have just built.",
)
CONNECTOR_NOTES = (
    "Happy to. You two should talk.",
    "Good timing, she asked about this last week.",
    "With pleasure.",
    "",
)
TARGET_NOTES = ("Glad to meet. Tuesdays are best.", "Send me two times next week.", "")
NO_NOTES = ("I do not know them well enough any more.", "Not my place to ask, sorry.")


class Way(NamedTuple):
    """Two people, the second known to the first, and how strong the path over both is."""

    connector: int
    target: int
    strength: float


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody on the path: an index into the people, and what they answered when."""

    position: int
    role: str
    person: int
    asked_age: float | None
    expires_age: float | None
    reminded_age: float | None
    decision: str | None
    note: str
    decided_age: float | None


@dataclass(frozen=True, slots=True)
class Introduction:
    """One introduction and the two people on its way."""

    id: uuid.UUID
    user_id: uuid.UUID
    status: str
    turn: int
    message: str
    purpose: str
    strength: float
    created_age: float
    updated_age: float
    steps: list[Step] = field(default_factory=list)


def own_introductions(draw: random.Random, network: Network, me: uuid.UUID) -> list[Introduction]:
    """Those of the demo user: over people that the user knows, to people whom these know."""
    ways = _ways(network)
    draw.shuffle(ways)
    used: set[int] = set()
    made = []
    for status, age, answers in OWN:
        connector, target, strength = next(way for way in ways if not used & set(way[:2]))
        used |= {connector, target}
        made.append(_introduction(draw, me, Way(connector, target, strength), (status, age, answers)))
    return made


def finished_introduction(draw: random.Random, user_id: uuid.UUID, way: Way, age: float) -> Introduction:
    """One that somebody else has had."""
    return _introduction(draw, user_id, way, ("completed", age, "accept accept"))


def _ways(network: Network) -> list[Way]:
    """The demo user's paths of two ties."""
    known: dict[int, dict[int, float]] = defaultdict(dict)
    for tie in network.ties:
        known[tie.source][tie.target] = tie.strength
        known[tie.target][tie.source] = tie.strength
    mine = known[ME]
    return [
        Way(connector, target, round(strength * further, 4))
        for connector, strength in mine.items()
        for target, further in known[connector].items()
        if target != ME and target not in mine and network.people[connector].email and network.people[target].email
    ]


def _introduction(draw: random.Random, user_id: uuid.UUID, way: Way, outcome: tuple[str, float, str]) -> Introduction:
    status, age, answers = outcome
    steps = []
    asked: float | None = age
    for position, (person, answer) in enumerate(zip(way[:2], answers.split(), strict=True), 1):
        decision = None if answer == "." or asked is None else answer
        decided = None
        if decision is not None and asked is not None:
            wait = ANSWER_WITHIN_DAYS if decision == "expired" else draw.uniform(0.2, min(3.0, asked / 3))
            decided = asked - wait
        is_open = asked is not None and decision is None
        expires = None if asked is None else NEVER_DAYS if is_open else asked - ANSWER_WITHIN_DAYS
        reminded = asked - min(5.0, asked / 2) if is_open and asked is not None else None
        role = ("connector", "target")[position - 1]
        steps.append(
            Step(position, role, person, asked, expires, reminded, decision, _note(draw, role, decision), decided)
        )
        asked = decided if decision == "accept" else None
    ages = [step.decided_age for step in steps if step.decided_age is not None]
    updated = min([age, *ages])
    if status == "completed":
        updated -= draw.uniform(1, updated / 2)
    turn = 1 + (steps[0].decision == "accept")
    return Introduction(
        new_id(draw),
        user_id,
        status,
        turn,
        draw.choice(MESSAGES),
        draw.choice(PURPOSES),
        way.strength,
        age,
        updated,
        steps,
    )


def _note(draw: random.Random, role: str, decision: str | None) -> str:
    if decision == "accept":
        return draw.choice(CONNECTOR_NOTES if role == "connector" else TARGET_NOTES)
    return draw.choice(NO_NOTES) if decision == "decline" and role == "connector" else ""
