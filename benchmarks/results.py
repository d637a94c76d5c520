"""What a benchmark tells: tables of rows, as data, as Markdown, and kept in `results.json`; and the command line that all of them share.

A benchmark is a module with `arguments(parser)`, which adds its own flags, and `measure(options)`, which answers tables;
`python -m benchmarks.NAME` prints them. `benchmarks/parts.py` lists those that `make bench` runs, and with which flags.
"""

from __future__ import annotations

import argparse
import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"
# The metric that a limit is for, where it is none of the row's own.
RATIO = "ratio"


@dataclass(frozen=True)
class Limit:
    """What a metric may be at most, or has to be at least.

    Attributes:
        metric: one of the row's metrics, or its ratio.
    """

    most: float | None = None
    least: float | None = None
    metric: str = RATIO

    def __str__(self) -> str:
        bound = f"at most {self.most:g}" if self.least is None else f"at least {self.least:g}"
        return bound if self.metric == RATIO else f"{self.metric} {bound}"


@dataclass(frozen=True)
class Row:
    """One thing that was measured.

    Attributes:
        name: what it is.
        metrics: by name, which ends in the unit: `p95 ms`, `rows/s`.
        size: how much work it had, as the table counts it; None where there is one size only.
        ratio: to the table's floor in the same run.
        spread: between what the rounds' ratios lie.
        limit: what is promised.
    """

    name: str
    metrics: dict[str, float]
    size: int | None = None
    ratio: float | None = None
    spread: tuple[float, float] | None = None
    limit: Limit | None = None

    def meets_limit(self) -> bool:
        """Whether what is promised holds."""
        if self.limit is None:
            return True
        value = self.ratio if self.limit.metric == RATIO else self.metrics[self.limit.metric]
        assert value is not None, f"{self.name} has a limit and no metric for it"
        return value <= self.limit.most if self.limit.most is not None else value >= (self.limit.least or 0)


@dataclass(frozen=True)
class Table:
    """Rows that belong together.

    Attributes:
        name: short and of its own among the benchmark's tables; stands over it where there are several.
        rows: in the order in which they are shown.
        floor: what ratios are to: "hello", "the query".
        sizes: what a row's size counts: "contacts".
        more: whether a greater ratio is the better one.
        note: a sentence with what else was measured.
    """

    name: str
    rows: list[Row]
    floor: str = ""
    sizes: str = ""
    more: bool = False
    note: str = ""


@dataclass(frozen=True)
class Section:
    """What one run of one benchmark told.

    Attributes:
        command: what was run.
        took_s: seconds.
        at: the day, in UTC.
        machine: what it ran on, by name of the fact.
        tables: the outcome.
    """

    command: str
    took_s: float
    at: str
    machine: dict[str, Any]
    tables: list[Table] = field(default_factory=list)

    def table(self, name: str) -> Table | None:
        """One of the tables."""
        return next((table for table in self.tables if table.name == name), None)


def run(
    doc: str | None,
    measure: Callable[[argparse.Namespace], list[Table]],
    arguments: Callable[[argparse.ArgumentParser], None] | None = None,
) -> None:
    """The command line of a benchmark: prints its tables, and writes them where `--json` says.

    Args:
        doc: the module's docstring.
        measure: answers the tables.
        arguments: adds flags.
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    if arguments is not None:
        arguments(parser)
    parser.add_argument("--json", type=Path, help="write the tables there, too")
    options = parser.parse_args()
    tables = measure(options)
    print(markdown(tables))
    if options.json:
        options.json.write_text(json.dumps([asdict(table) for table in tables]), encoding="utf-8")


def by_round(name: str, metric: str, values: list[float], floor: list[float], limit: Limit | None = None) -> Row:
    """A row of what was measured round by round beside its floor: medians, and between what the rounds' ratios lie.

    Args:
        name: of the row.
        metric: of the values, with their unit.
        values: one of each round.
        floor: what the floor took in the same rounds; the values themselves where this row is the floor.
        limit: what is promised.
    """
    if values is floor:
        return Row(name, {metric: statistics.median(values)}, limit=limit)
    ratios = [value / base for value, base in zip(values, floor, strict=True)]
    spread = (min(ratios), max(ratios))
    return Row(name, {metric: statistics.median(values)}, ratio=statistics.median(ratios), spread=spread, limit=limit)


def tables_from(data: list[dict[str, Any]]) -> list[Table]:
    """Tables as they were written."""
    return [Table(**{**table, "rows": [_row(row) for row in table["rows"]]}) for table in data]


def _row(data: dict[str, Any]) -> Row:
    limit, spread = data.get("limit"), data.get("spread")
    return Row(**{**data, "limit": limit and Limit(**limit), "spread": spread and tuple(spread)})


def sections(path: Path = RESULTS) -> dict[str, Section]:
    """Everything that is kept, by benchmark."""
    if not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {name: Section(**{**data, "tables": tables_from(data["tables"])}) for name, data in kept.items()}


def keep(name: str, section: Section, path: Path = RESULTS) -> None:
    """Puts one benchmark's results in the place of those before."""
    kept = {**sections(path), name: section}
    path.write_text(_written({name: asdict(kept[name]) for name in sorted(kept)}) + "\n", encoding="utf-8")


def _written(value: Any, indent: str = "\n") -> str:
    """JSON with a row, or all that is known of a machine, in each line: two runs are compared line by line."""
    if not _holds_rows(value):
        return json.dumps(_lean(value), ensure_ascii=False)
    deeper = indent + " "
    if isinstance(value, list):
        return f"[{','.join(deeper + _written(each, deeper) for each in value)}{indent}]"
    entries = (f"{deeper}{json.dumps(name)}: {_written(each, deeper)}" for name, each in value.items())
    return f"{{{','.join(entries)}{indent}}}"


def _holds_rows(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_rows, value.values()))
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _lean(value: Any) -> Any:
    """Without what is None, and with six digits: enough that the page never rounds another way, and the others are noise."""
    if isinstance(value, dict):
        return {name: _lean(each) for name, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_lean(each) for each in value]
    if isinstance(value, float):
        return round(value) if abs(value) >= 100_000 else float(f"{value:.6g}")
    return value


def unmet(tables: Iterable[Table]) -> Iterator[str]:
    """A line for each limit that does not hold."""
    for table in tables:
        for row in table.rows:
            if not row.meets_limit() and row.limit:
                value = row.ratio if row.limit.metric == RATIO else row.metrics[row.limit.metric]
                size = f", {row.size:,} {table.sizes}" if row.size is not None else ""
                yield f"{row.name}{size}: {shown(value)}, wanted {row.limit}"


def markdown(tables: list[Table]) -> str:
    """The tables for people."""
    parts = []
    for table in tables:
        title = [f"**{table.name[:1].upper()}{table.name[1:]}**", ""] if len(tables) > 1 else []
        lines = _by_size(table) if any(row.size is not None for row in table.rows) else _plain(table)
        parts.append("\n".join(title + lines + (["", table.note] if table.note else [])))
    return "\n\n".join(parts)


def _plain(table: Table) -> list[str]:
    """A column for each metric."""
    names = list(dict.fromkeys(name for row in table.rows for name in row.metrics))
    head = ["", *names]
    if with_ratio := any(row.ratio is not None for row in table.rows):
        head.append(f"times {table.floor}" + (" (spread)" if any(row.spread for row in table.rows) else ""))
    if with_limit := any(row.limit for row in table.rows):
        head.append("wanted")
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in table.rows:
        cells = [row.name, *(shown(row.metrics.get(name)) for name in names)]
        if with_ratio:
            cells.append(_ratio(row))
        if with_limit:
            cells.append(_limit(row))
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _by_size(table: Table) -> list[str]:
    """A column for each size; the metrics of a cell are named over the table."""
    sizes = sorted({row.size for row in table.rows if row.size is not None})
    names = list(dict.fromkeys(name for row in table.rows for name in row.metrics))
    ratio = f", in brackets times {table.floor}" if any(row.ratio is not None for row in table.rows) else ""
    with_limit = any(row.limit for row in table.rows)
    head = ["", *(f"{size:,} {table.sizes if size == sizes[0] else ''}".strip() for size in sizes)]
    lines = [f"{' / '.join(names)}{ratio}:", "", f"| {' | '.join(head + ['wanted'] * with_limit)} |"]
    lines.append(f"|{'---|' * (len(head) + with_limit)}")
    for name in dict.fromkeys(row.name for row in table.rows):
        found = {row.size: row for row in table.rows if row.name == name}
        cells = [_cell(found[size], names) if size in found else "" for size in sizes]
        limits = {str(row.limit): None for row in found.values() if row.limit}
        lines.append(f"| {' | '.join([name, *cells] + ['; '.join(limits)] * with_limit)} |")
    return lines


def _cell(row: Row, names: list[str]) -> str:
    metrics = " / ".join(shown(row.metrics[name]) for name in names if name in row.metrics)
    cell = metrics if row.ratio is None else f"{metrics} ({shown(row.ratio)})"
    return cell if row.meets_limit() else f"**{cell}**"


def _ratio(row: Row) -> str:
    if row.ratio is None:
        return ""
    return f"{row.ratio:.2f}" + (f" ({row.spread[0]:.2f} to {row.spread[1]:.2f})" if row.spread else "")


def _limit(row: Row) -> str:
    if row.limit is None:
        return ""
    return str(row.limit) if row.meets_limit() else f"**{row.limit}**"


def shown(value: float | None) -> str:
    """Three digits that count."""
    if value is None:
        return ""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
