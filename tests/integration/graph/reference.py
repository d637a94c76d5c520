"""Introduction paths by brute force: every simple path, then sorted. The independent word on what is right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Found:
    """A simple path and the product of its strengths."""

    path: tuple[int, ...]
    product: float

    @property
    def hops(self) -> int:
        return len(self.path) - 1


def every_path(ties: dict[tuple[int, int], float], source: int, targets: set[int], max_hops: int) -> list[Found]:
    """All simple paths that end at the first target they reach."""
    neighbours: dict[int, list[int]] = {}
    for from_no, to_no in ties:
        neighbours.setdefault(from_no, []).append(to_no)

    def walk(path: tuple[int, ...], product: float) -> Iterator[Found]:
        if path[-1] in targets:
            yield Found(path, product)
            return
        if len(path) > max_hops:
            return
        for other in neighbours.get(path[-1], ()):
            if other not in path:
                yield from walk((*path, other), product * ties[path[-1], other])

    return [] if source in targets else list(walk((source,), 1.0))


def rank(found: Found, *, by_strength: bool) -> tuple[float, float]:
    """What paths are sorted by, least first."""
    cost = -math.log(found.product)
    return (cost, found.hops) if by_strength else (found.hops, cost)
