"""How each operation grows as its work grows tenfold: from the tables whose rows have sizes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.results import Row, Section

# Tables by part, with a title; and which of a row's metrics is a time, the first that it has.
TABLES = {
    "Paths, by contacts": ("graph", "fewest hops, within 4"),
    "The graph, by contacts": ("graph", "everything else"),
    "Import, by rows of the file": ("bulk_import", "import"),
    "Search, by contacts of the user": ("search", "search"),
    "Lists, by contacts of the user": ("search", "pages of lists"),
    "Leaderboard, by users": ("leaderboard", "leaderboard"),
}
# What is set beside our own ways.
PEERS = (
    "first design",
    "networkx",
    "igraph",
    "rustworkx",
    "scipy",
    "`\\copy`",
    "round trip alone",
    "the page with ranks counted",
)


def time_of(row: Row) -> float | None:
    """What the row took: the median, or its work by its rate."""
    if "p50 ms" in row.metrics:
        return row.metrics["p50 ms"]
    return row.size / row.metrics["rows/s"] if row.size and "rows/s" in row.metrics else None


def factor(rows: list[Row]) -> float | None:
    """How many times as long for ten times the work, between the least and the greatest size; None with one size only."""
    times = {row.size: time for row in rows if row.size and (time := time_of(row))}
    if len(times) < 2:
        return None
    least, most = min(times), max(times)
    return math.pow(times[most] / times[least], 1 / math.log10(most / least))


def growths(sections: dict[str, Section]) -> dict[str, list[tuple[str, float]]]:
    """For each table the rows' names with their factor."""
    groups: dict[str, list[tuple[str, float]]] = {}
    for title, (part, name) in TABLES.items():
        table = sections[part].table(name) if part in sections else None
        if table is None:
            continue
        names = dict.fromkeys(row.name for row in table.rows)
        found = [(each, factor([row for row in table.rows if row.name == each])) for each in names]
        if rows := [(each, value) for each, value in found if value is not None]:
            groups[title] = rows
    return groups
