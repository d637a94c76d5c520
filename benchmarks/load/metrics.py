"""From samples to metrics: percentiles of latency from the intended start, and where the knee is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LIMIT_MS = 250.0
# Served within so much of what was asked counts as all of it: arrivals are drawn, so their number varies a little.
SERVED = 0.95


@dataclass(frozen=True, slots=True)
class Sample:
    """One request.

    Attributes:
        kind: the function that answered.
        intended_s: when it was to be sent, on the run's clock.
        sent_s: when the client came to it; what lies between counts as latency.
        ended_s: when its answer was there and checked.
        error: what was wrong with it; empty for a good answer.
    """

    kind: str
    intended_s: float
    sent_s: float
    ended_s: float
    error: str = ""

    @property
    def latency_ms(self) -> float:
        """From the intended start: who waits for a busy client or server waits all the same."""
        return (self.ended_s - self.intended_s) * 1000


@dataclass(frozen=True)
class Step:
    """What came of one rate.

    Attributes:
        asked: requests a second that were to be sent.
        served: good answers a second.
        p50: milliseconds from the intended start, as `p95`, `p99` and `worst`.
        errors: how often each thing went wrong.
        kinds: per function: requests, p50 and p99 in milliseconds, and what `cpu` adds.
        cpu: processor time by process, in milliseconds per request of the step.
    """

    asked: float
    served: float
    p50: float
    p95: float
    p99: float
    worst: float
    client_late_p99: float
    requests: int
    errors: dict[str, int]
    kinds: dict[str, dict[str, float]]
    cpu: dict[str, float] = field(default_factory=dict)

    def holds(self, limit_ms: float = LIMIT_MS) -> bool:
        """Whether the rate is kept up: all served, in time, without an error."""
        return not self.errors and self.p99 < limit_ms and self.served >= SERVED * self.asked


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so many of all are not above (nearest rank); nan of none.

    Args:
        values: in ascending order.
        share: from 0 to 1.
    """
    return values[max(0, math.ceil(share * len(values)) - 1)] if values else math.nan


def summed_up(asked: float, duration_s: float, samples: Iterable[Sample]) -> Step:
    """The metrics of a step.

    Args:
        asked: requests a second.
        duration_s: of the time in which requests were to start.
        samples: all that were to start in it, however late they ended.
    """
    by_kind: dict[str, list[float]] = {}
    errors: dict[str, int] = {}
    late: list[float] = []
    good = 0
    last_s = first_s = 0.0
    for sample in samples:
        by_kind.setdefault(sample.kind, []).append(sample.latency_ms)
        late.append((sample.sent_s - sample.intended_s) * 1000)
        last_s = max(last_s, sample.ended_s)
        first_s = min(first_s or sample.intended_s, sample.intended_s)
        if sample.error:
            errors[sample.error] = errors.get(sample.error, 0) + 1
        else:
            good += 1
    every = sorted(latency for latencies in by_kind.values() for latency in latencies)
    kinds = {}
    for kind, latencies in sorted(by_kind.items()):
        latencies.sort()
        kinds[kind] = {
            "requests": len(latencies), "p50": percentile(latencies, 0.5), "p99": percentile(latencies, 0.99),
        }  # fmt: skip
    return Step(
        asked=asked,
        # A queue that is worked off after the step does not count as served in its time.
        served=good / max(duration_s, last_s - first_s),
        p50=percentile(every, 0.5),
        p95=percentile(every, 0.95),
        p99=percentile(every, 0.99),
        worst=percentile(every, 1),
        client_late_p99=percentile(sorted(late), 0.99),
        requests=len(every),
        errors=errors,
        kinds=kinds,
    )


def find_knee(
    measure: Callable[[float], Step], *, first: float, factor: float = 1.4, precision: float = 0.08
) -> tuple[float, list[Step]]:
    """The highest rate that holds: growing steps until one does not, then halving what lies between.

    Args:
        measure: runs a step at a rate.
        first: the lowest rate.
        factor: from one growing step to the next.
        precision: when the highest that held and the lowest that did not lie within such a share, it is found.

    Returns:
        The rate, 0 where not even the first holds, and the steps in the order of their rates.
    """
    steps: list[Step] = []
    held, broke = 0.0, math.inf
    rate = first
    while broke > held * (1 + precision):
        step = measure(round(rate))
        steps.append(step)
        if step.holds():
            held = rate
        else:
            broke = rate
            if not held:
                break
        rate = held * factor if broke == math.inf else (held + broke) / 2
    return round(held), sorted(steps, key=lambda step: step.asked)


def slope_mb_per_hour(points: Sequence[tuple[float, float]]) -> float:
    """How fast something grows: the least-squares line through points of seconds and bytes."""
    count = len(points)
    if count < 2:
        return 0.0
    middle_s = sum(at for at, _ in points) / count
    middle = sum(size for _, size in points) / count
    spread = sum((at - middle_s) ** 2 for at, _ in points)
    if not spread:
        return 0.0
    rise = sum((at - middle_s) * (size - middle) for at, size in points) / spread
    return rise * 3600 / 1e6
