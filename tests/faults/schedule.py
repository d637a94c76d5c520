"""Which faults come when: made from a seed alone, so that the same seed makes the same ones again."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault.

    Attributes:
        name: e.g. `pause functions`.
        targets: what it may hit, one of them at a time.
        weight: how often, against the others.
        least_s: it lasts at least so long.
        most_s: and at most.
        needs: what the world must have for it: `disk`, `pubsub`; empty for nothing.
    """

    name: str
    targets: tuple[str, ...]
    weight: float
    least_s: float
    most_s: float
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a schedule.

    Attributes:
        at_s: when it begins, from the start of the run.
        lasts_s: until it is healed.
        luck: from 0 to 1; what else is random about it.
    """

    kind: str
    target: str
    at_s: float
    lasts_s: float
    luck: float


FUNCTIONS = ("functions-0", "functions-1")
LINKS = ("postgres-0", "postgres-1", "redis-0", "redis-1", "smtp", "providers", "front")
KINDS = (
    Kind("kill", ("postgres",), 4, 0.2, 2.5),
    Kind("kill hard", ("postgres",), 3, 0.2, 2.0),
    Kind("restart", ("postgres",), 2, 0.1, 1.0),
    Kind("pause", ("postgres",), 3, 0.5, 5.0),
    Kind("kill hard", ("redis",), 5, 0.1, 3.0),
    Kind("pause", ("redis",), 3, 0.3, 4.0),
    Kind("kill hard", ("pubsub",), 2, 0.1, 2.0, "pubsub"),
    Kind("pause", ("pubsub",), 3, 0.5, 4.0, "pubsub"),
    Kind("kill hard", FUNCTIONS, 6, 0.1, 2.0),
    Kind("kill worker", FUNCTIONS, 6, 0.1, 0.5),
    Kind("restart", FUNCTIONS, 4, 0.1, 1.0),
    Kind("pause", FUNCTIONS, 6, 0.5, 9.0),
    Kind("wrong clock", FUNCTIONS, 6, 2.0, 12.0),
    Kind("cut", LINKS, 10, 0.0, 0.1),
    Kind("refuse", LINKS, 6, 0.2, 4.0),
    Kind("swallow", LINKS, 6, 0.5, 6.0),
    Kind("mute", LINKS, 7, 0.3, 3.0),
    Kind("delay", LINKS, 6, 0.5, 4.0),
    Kind("busy", ("mail",), 3, 0.5, 4.0),
    Kind("deaf", ("mail",), 3, 0.2, 1.0),
    Kind("bad answers", ("vendors",), 4, 0.5, 5.0),
    Kind("full", ("disk",), 3, 1.0, 4.0, "disk"),
    Kind("deliver again", ("events",), 8, 0.0, 0.1),
)
# What may not be disturbed in two ways at once.
SAME = {"disk": "postgres", **{link: link for link in LINKS}}


def schedule(seed: int, lasts_s: float, *, gap_s: float, has: frozenset[str] = frozenset()) -> list[Fault]:
    """Faults in the order they begin.

    Args:
        seed: of all that is random.
        lasts_s: none begins later.
        gap_s: between two beginnings, on average.
        has: what of `Kind.needs` is there.
    """
    rng = random.Random(f"faults {seed}")
    kinds = [kind for kind in KINDS if not kind.needs or kind.needs in has]
    weights = [kind.weight for kind in kinds]
    faults: list[Fault] = []
    free_at: dict[str, float] = {}
    at_s = 0.0
    while True:
        at_s += rng.expovariate(1 / gap_s)
        if at_s > lasts_s:
            return faults
        kind = rng.choices(kinds, weights)[0]
        target, lasts, luck = rng.choice(kind.targets), rng.uniform(kind.least_s, kind.most_s), rng.random()
        held = SAME.get(target, target)
        if kind.name == "wrong clock":
            held = f"clock of {target}"
        if free_at.get(held, 0.0) <= at_s:
            faults.append(Fault(kind.name, target, round(at_s, 3), round(lasts, 3), round(luck, 6)))
            # some seconds to get well again, else nothing is ever done in between
            free_at[held] = at_s + lasts + 2.0
