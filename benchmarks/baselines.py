"""What CI holds the ratios against: `baselines.json`, a ratio and the margin by which it may be worse, for each row of the quick form."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.results import Table

PATH = Path(__file__).with_name("baselines.json")


@dataclass(frozen=True)
class Baseline:
    """A ratio as it was when it was kept.

    Attributes:
        ratio: to the floor of its run.
        margin: the share of it by which a run may be worse.
        more: whether a greater one is better.
    """

    ratio: float
    margin: float
    more: bool = False

    @property
    def bound(self) -> float:
        """The worst ratio that passes."""
        return self.ratio * (1 - self.margin if self.more else 1 + self.margin)

    def allows(self, ratio: float) -> bool:
        """Whether a ratio is no worse than the margin lets it be."""
        return ratio >= self.bound if self.more else ratio <= self.bound


def ratios(part: str, tables: Iterable[Table]) -> dict[str, tuple[float, bool]]:
    """Every ratio with whether more is better, by a name that is its own."""
    found = {}
    for table in tables:
        for row in table.rows:
            if row.ratio is not None:
                size = f", {row.size}" if row.size is not None else ""
                found[f"{part}: {table.name}: {row.name}{size}"] = (row.ratio, table.more)
    return found


def worse(part: str, tables: Iterable[Table], baselines: dict[str, Baseline]) -> dict[str, str]:
    """By name, a line for each of a part's ratios that is worse than its margin allows, or was not measured any more."""
    measured, lines = ratios(part, tables), {}
    for name, baseline in baselines.items():
        if not name.startswith(f"{part}: "):
            continue
        if name not in measured:
            lines[name] = f"{name}: not measured, and has a baseline; --keep drops it"
        elif not baseline.allows(ratio := measured[name][0]):
            lines[name] = (
                f"{name}: {ratio:.2f}, {'least' if baseline.more else 'most'} allowed is {baseline.bound:.2f} "
                f"(baseline {baseline.ratio:.2f}, margin {baseline.margin:.0%})"
            )
    return lines


def kept(path: Path = PATH) -> dict[str, Baseline]:
    """The baselines."""
    if not path.exists():
        return {}
    return {name: Baseline(**data) for name, data in json.loads(path.read_text(encoding="utf-8")).items()}


def keep(part: str, tables: Iterable[Table], margin: float, path: Path = PATH) -> None:
    """Makes a part's ratios the baselines; a margin that was written for one stays."""
    before = kept(path)
    others = {name: baseline for name, baseline in before.items() if not name.startswith(f"{part}: ")}
    own = {
        name: Baseline(round(ratio, 3), before[name].margin if name in before else margin, more)
        for name, (ratio, more) in ratios(part, tables).items()
    }
    text = json.dumps({name: asdict(baseline) for name, baseline in sorted({**others, **own}.items())}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
