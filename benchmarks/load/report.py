"""The metrics as the tables of results.json."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.load.drive import CLIENT
from benchmarks.load.metrics import LIMIT_MS, slope_mb_per_hour
from benchmarks.results import Limit, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.load.metrics import Step

    Memory = dict[str, list[tuple[float, float]]]

RATES, KINDS, MEMORY, COST = "rates", "requests by function", "memory", "processor time of a request"
P50, P95, P99 = "p50 ms", "p95 ms", "p99 ms"
ERRORS, SLOPE = "errors", "MB/hour, second half"
# Caches fill and heaps settle; a leak of a hundred bytes a request at 200 a second would be 72.
MOST_MB_PER_HOUR = 20.0
MEMORY_NOTE = (
    "Of each process and its children, without files and shared buffers. Redis keeps contacts for an hour, in 128 MB at the most; Postgres "
    "plans a statement once in each connection; a gateway beside functions keeps the last 5,000 e-mails."
)
_BESIDE = ("gateway", "postgres", "redis", CLIENT)


def say(step: Step) -> None:
    """One line while it runs."""
    print(
        f"{step.asked:.0f}/s asked, {step.served:.0f} served, p50 {step.p50:.1f} p95 {step.p95:.1f} p99 {step.p99:.0f} ms, "
        f"errors {step.errors or 0}",
        file=sys.stderr, flush=True,
    )  # fmt: skip


def knee_table(knee: float, steps: Sequence[Step]) -> Table:
    """Each rate, and the highest that holds."""
    rows = [Row(f"{step.asked:.0f}/s", _of_step(step)) for step in steps]
    note = (
        f"The highest rate with p99 under {LIMIT_MS:.0f} ms and no error is {knee:.0f} a second. Client and servers share the machine."
        if knee
        else f"Not even the lowest rate keeps p99 under {LIMIT_MS:.0f} ms without an error."
    )
    return Table(RATES, rows, note=note)


def steady_tables(step: Step, memory: Memory, minutes: float) -> list[Table]:
    """One rate for long: latency, by function, where the processor time goes, memory."""
    name = f"{step.asked:.0f}/s for {minutes:g} minutes"
    return [
        Table("one rate for long", [Row(name, _of_step(step), limit=Limit(most=0, metric=ERRORS))], note=_errors(step)),
        Table(KINDS, [Row(kind, _of_kind(kinds)) for kind, kinds in _by_number(step.kinds)]),
        Table(COST, _costs(step)),
        Table(MEMORY, _memory(memory), note=MEMORY_NOTE),
    ]


def _of_step(step: Step) -> dict[str, float]:
    metrics = {
        "served/s": step.served, P50: step.p50, P95: step.p95, P99: step.p99, "worst ms": step.worst,
        ERRORS: sum(step.errors.values()), "CPU ms/request": sum(step.cpu.values()),
    }  # fmt: skip
    return {name: round(value, 2) for name, value in metrics.items()}


def _of_kind(kind: dict[str, float]) -> dict[str, float]:
    metrics = {"requests": kind["requests"], P50: kind["p50"], P99: kind["p99"]}
    if "cpu" in kind:
        metrics["CPU ms/request"] = kind["cpu"]
    return {name: round(value, 2) for name, value in metrics.items()}


def _by_number(kinds: dict[str, dict[str, float]]) -> list[tuple[str, dict[str, float]]]:
    return sorted(kinds.items(), key=lambda item: -item[1]["requests"])


def _costs(step: Step) -> list[Row]:
    functions = sum(cost for name, cost in step.cpu.items() if name not in _BESIDE)
    costs = {"functions": functions, **{name: step.cpu.get(name, 0.0) for name in _BESIDE}}
    return [Row(name, {"CPU ms/request": round(cost, 3)}) for name, cost in costs.items() if cost]


def _memory(memory: Memory) -> list[Row]:
    """Each process, the largest first; those that are to stay as they are with a limit."""
    may_grow = {"postgres", "redis"} | ({"gateway"} if len(memory) > len(_BESIDE) else set())
    rows = []
    for name, points in sorted(memory.items(), key=lambda item: -item[1][-1][1]):
        metrics = {
            "MB at first": points[0][1] / 1e6,
            "MB at last": points[-1][1] / 1e6,
            SLOPE: slope_mb_per_hour(points[len(points) // 2 :]),
        }
        limit = None if name in may_grow else Limit(most=MOST_MB_PER_HOUR, metric=SLOPE)
        rows.append(Row(name, {metric: round(value, 1) for metric, value in metrics.items()}, limit=limit))
    return rows


def _errors(step: Step) -> str:
    return "; ".join(f"{count} x {error}" for error, count in step.errors.items())
