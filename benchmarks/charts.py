"""The plots of the README, from what is kept in results.json: one function for each, which answers the picture or None without metrics."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import growth
from benchmarks.plotting import (
    LIMIT,
    OTHERS,
    OWN,
    QUIET,
    Line,
    canvas,
    draw_lines,
    limit_line,
    lines_of,
    name_ends,
    names_of,
    save,
    short,
)
from benchmarks.results import RATIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from benchmarks.results import Row, Section, Table

    Sections = dict[str, Section]

SEARCHES = (
    "rare prefix",
    "common word",
    "two common words",
    "3 letters",
    "typo, one word",
    "typo in one of two",
    "no match, one word",
)
PAGES = ("by name, first", "by name, deep", "newest first, deep", "common tag", "rare tag", "count")


class Plot(NamedTuple):
    """A picture and what it shows, for whoever cannot see it."""

    alt: str
    draw: Callable[[Sections], Figure | None]


def table_of(sections: Sections, part: str, name: str) -> Table | None:
    """A table, with the rows of the same one that were measured apart at a larger size."""
    found = [
        table for key in sorted(sections) if key.partition("-")[0] == part and (table := sections[key].table(name))
    ]
    return replace(found[0], rows=[row for table in found for row in table.rows]) if found else None


def graph(sections: Sections) -> Figure | None:
    """The race of paths, and what else is asked of the graph."""
    race, rest = table_of(sections, "graph", "fewest hops, within 4"), table_of(sections, "graph", "everything else")
    if race is None or rest is None:
        return None
    figure, panels = canvas(2, 11, 4.4, sharey=True)
    own = race.rows[0].name
    query = lines_of(race, "p95 ms", [own], {own: OWN})
    drawn = []
    for axes, table, title in ((panels[0], race, "Fewest hops, within 4"), (panels[1], rest, "Everything else")):
        names = [name for name in names_of(table.rows) if name != own]
        lines = query + lines_of(table, "p95 ms", names, dict(zip(names, OTHERS, strict=False)))
        draw_lines(axes, lines, room=14 if axes is panels[0] else 40)
        axes.set(title=title, xlabel="contacts")
        drawn.append((axes, lines))
    panels[0].set_ylabel("ms, 95 of 100 answers within")
    for axes, lines in drawn:
        name_ends(figure, axes, lines)
    return figure


def bulk_import(sections: Sections) -> Figure | None:
    """Rows a second of each way, beside psql's."""
    table = table_of(sections, "bulk_import", "import")
    if table is None:
        return None
    sizes = sorted({row.size for row in table.rows if row.size})
    figure, panels = canvas(len(sizes), 4.6 * len(sizes), 3.6, sharey=True)
    for axes, size in zip(panels, sizes, strict=True):
        rows = [row for row in table.rows if row.size == size]
        values = [row.metrics["rows/s"] for row in rows]
        colors = [QUIET if row.ratio is None else OWN for row in rows]
        bars = axes.barh([row.name.replace("`", "") for row in rows], values, color=colors, height=0.62)
        labels = [short_rate(row) for row in rows]
        axes.bar_label(bars, labels, padding=4)
        axes.axvline(0.8 * values[0], color=LIMIT, linewidth=1, linestyle=(0, (4, 3)))
        axes.set(title=f"{size:,} contacts", xlabel="rows/s; dashed: 0.8 of \\copy", xlim=(0, max(values) * 1.35))
        axes.xaxis.set_major_formatter(lambda value, _: short(value))
        axes.tick_params(axis="y", length=0)
    panels[0].invert_yaxis()
    return figure


def short_rate(row: Row) -> str:
    """At the end of a bar."""
    rate = f"{row.metrics['rows/s']:,.0f}"
    return rate if row.ratio is None else f"{rate} ({row.ratio:.2f})"


def search(sections: Sections) -> Figure | None:
    """Questions and pages by the size of the book."""
    found = [table_of(sections, "search", name) for name in ("search", "pages of lists")]
    tables = [table for table in found if table is not None]
    if not tables:
        return None
    figure, panels = canvas(len(tables), 5.6 * len(tables), 4.4)
    drawn = []
    for axes, table, names in zip(panels, tables, (SEARCHES, PAGES), strict=False):
        colors = dict(zip(names, (OWN, *OTHERS), strict=False))
        lines = [line._replace(bold=False) for line in lines_of(table, "p95 ms", names, colors)]
        draw_lines(axes, lines, room=45)
        axes.set(
            title=f"{table.name[:1].upper()}{table.name[1:]}", xlabel="contacts of the user, beside those of others"
        )
        drawn.append((axes, lines))
    panels[0].set_ylabel("ms, 95 of 100 answers within")
    for axes, lines in drawn:
        name_ends(figure, axes, lines)
    return figure


def ratios(axes: Axes, rows: list[Row], color: str, floor: str) -> None:
    """Bars of times the floor, with the rounds' spread and what is promised."""
    values = [row.ratio or 1 for row in rows]
    bars = axes.barh(
        [row.name for row in rows], values, color=[color if row.ratio else QUIET for row in rows], height=0.6
    )
    for number, row in enumerate(rows):
        if row.spread:
            axes.plot(row.spread, [number, number], color="#0b2f66", linewidth=1.2)
        if row.limit and row.limit.metric == RATIO and row.limit.most:
            axes.plot([row.limit.most] * 2, [number - 0.42, number + 0.42], color=LIMIT, linewidth=2)
    ends = [max(value, row.spread[1] if row.spread else 0) - value for value, row in zip(values, rows, strict=True)]
    for bar, value, end in zip(bars, values, ends, strict=True):
        axes.annotate(
            f"{value:.2f}",
            (value + end, bar.get_y() + bar.get_height() / 2),
            (5, 0),
            textcoords="offset points",
            va="center",
        )
    axes.axvline(1, color=QUIET, linewidth=1)
    axes.set(xlabel=f"times {floor}; red: the most that is allowed", xlim=(0, max(*values, 2.2) * 1.18))
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()


def http_cost(sections: Sections) -> Figure | None:
    """What a request costs beside the framework's hello."""
    table = table_of(sections, "http_cost", "requests")
    if table is None:
        return None
    figure, (axes,) = canvas(1, 7.5, 2.6)
    ratios(axes, table.rows, OWN, "the processor time of functions-framework's hello")
    return figure


def cold_start(sections: Sections) -> Figure | None:
    """Every function's first answer, coloured by what it imports."""
    if "cold_start" not in sections:
        return None
    tables = sections["cold_start"].tables
    rows = [(row, table.name) for table in tables for row in table.rows]
    rows.sort(key=lambda item: item[0].ratio or 1)
    colors = dict(zip(dict.fromkeys(name for _, name in rows), (OWN, *OTHERS), strict=False))
    figure, (axes,) = canvas(1, 8, 0.9 + 0.17 * len(rows))
    for group, color in colors.items():
        own = [(number, row) for number, (row, of) in enumerate(rows) if of == group]
        spread = [(number, *row.spread) for number, row in own if row.spread]
        axes.hlines(*zip(*spread, strict=True), color=color, linewidth=1.2, alpha=0.5) if spread else None
        axes.plot(
            [row.ratio or 1 for _, row in own],
            [number for number, _ in own],
            "o",
            color=color,
            markersize=5,
            label=group,
        )
    limits = [(row.limit.most, number) for number, (row, _) in enumerate(rows) if row.limit and row.limit.most]
    axes.plot(*zip(*limits, strict=True), "|", color=LIMIT, markersize=7)
    axes.set_yticks(range(len(rows)), [row.name for row, _ in rows])
    axes.tick_params(axis="y", length=0, labelsize=8)
    axes.grid(visible=True, axis="x")
    axes.set(
        xlabel="times the processor time of hello until the first answer; red: the most that is allowed",
        xlim=(0.8, None),
        ylim=(len(rows), -1),
    )
    axes.legend(loc="lower left", frameon=False)
    return figure


def enrichment(sections: Sections) -> Figure | None:
    """Events a second of the consumer, and what one costs."""
    table = table_of(sections, "enrichment", "consumer")
    if table is None:
        return None
    names = names_of(table.rows)
    colors = dict(zip(names, (QUIET, OWN, OTHERS[0]), strict=False))
    figure, panels = canvas(2, 11, 3.4)
    drawn = []
    for axes, kind, title in (
        (panels[0], "events/s", "Events a second"),
        (panels[1], "CPU us", "Processor time of an event, us"),
    ):
        lines = lines_of(table, kind, names, colors)
        draw_lines(axes, lines, room=7)
        axes.set(title=title, xlabel="clients that push at a time")
        drawn.append((axes, lines))
    for axes, lines in drawn:
        name_ends(figure, axes, lines)
    return figure


def leaderboard(sections: Sections) -> Figure | None:
    """What is asked of the board, by the number of users."""
    table = table_of(sections, "leaderboard", "leaderboard")
    if table is None:
        return None
    names = [
        name for name in names_of(table.rows) if any("p95 ms" in row.metrics for row in table.rows if row.name == name)
    ]
    colors = {"round trip alone": QUIET, "first page": OWN, "deep page": "#60a5fa", "a point given": OTHERS[1]}
    colors["the page with ranks counted"] = OTHERS[0]
    figure, (axes,) = canvas(1, 7.5, 3.6)
    lines = lines_of(table, "p95 ms", names, colors)
    draw_lines(axes, lines, room=6)
    axes.set(xlabel="users, with ten points each", ylabel="ms, 95 of 100 within")
    limit_line(axes, 5, "wanted: 5 ms")
    name_ends(figure, axes, lines)
    return figure


def load(sections: Sections) -> Figure | None:
    """Latency by offered rate, up to where it does not hold: rows are named by their rate."""
    table = table_of(sections, "load", "rates")
    if table is None:
        return None
    rates = [float(row.name.removesuffix("/s")) for row in table.rows]
    lines = []
    for name, color in (("p99 ms", OWN), ("p95 ms", "#60a5fa"), ("p50 ms", QUIET)):
        points = sorted(
            (rate, row.metrics[name]) for rate, row in zip(rates, table.rows, strict=True) if name in row.metrics
        )
        lines.append(Line(name[:3], points, color, bold=color == OWN))
    figure, (axes,) = canvas(1, 7.5, 3.6)
    draw_lines(axes, lines, room=1.1, steps=False)
    axes.set(xlabel="requests a second", ylabel="ms")
    limit_line(axes, 250, "p99 wanted: 250 ms")
    name_ends(figure, axes, lines)
    return figure


def growing(sections: Sections) -> Figure | None:
    """How many times as long everything takes when its work is ten times as much."""
    groups = growth.growths(sections)
    if not groups:
        return None
    columns, counts = 3, [len(rows) for rows in groups.values()]
    heights = [max(counts[first : first + columns]) + 2.0 for first in range(0, len(counts), columns)]
    most = max(factor for rows in groups.values() for _, factor in rows)
    figure, panels = canvas(columns, 12, 0.5 + 0.19 * sum(heights), rows=heights)
    for axes, (title, rows) in zip(panels, groups.items(), strict=False):
        places, factors = range(len(rows)), [factor for _, factor in rows]
        colors = [QUIET if name in growth.PEERS else OWN for name, _ in rows]
        axes.hlines(places, 1, factors, colors=colors, linewidth=1.6, alpha=0.5)
        axes.scatter(factors, places, c=colors, s=30)
        for number, factor in enumerate(factors):
            axes.annotate(f"{factor:.1f}", (factor, number), (7, 0), textcoords="offset points", va="center", size=8)
        axes.axvline(1, color=QUIET, linewidth=1)
        axes.axvline(10, color=LIMIT, linewidth=1, linestyle=(0, (4, 3)))
        axes.set_xscale("log")
        axes.set_xticks([1, 2, 5, 10], ["1", "2", "5", "10"])
        axes.minorticks_off()
        axes.set_yticks(range(len(rows)), [name.replace("`", "") for name, _ in rows])
        axes.tick_params(axis="y", length=0, labelsize=8)
        axes.set(title=title, xlim=(0.45, max(most, 10) * 2.2), ylim=(len(rows) - 0.4, -0.6))
    for axes in panels[len(groups) :]:
        axes.axis("off")
    figure.supxlabel(
        "times as long when the work is ten times as much (dashed: ten times as long); grey dots: what ours are set beside",
        size=9,
    )
    return figure


PLOTS = {
    "growth": Plot("How many times as long each operation takes when its work is ten times as much", growing),
    "graph": Plot(
        "Milliseconds of a path by contacts, the query against graph libraries; and of everything else", graph
    ),
    "bulk_import": Plot("Rows a second of the import beside psql's copy", bulk_import),
    "search": Plot("Milliseconds of a search and of a page by the size of the book", search),
    "http_cost": Plot("Processor time of requests as times hello's", http_cost),
    "cold_start": Plot(
        "Processor time to the first answer of every function as times hello's, by what it imports", cold_start
    ),
    "enrichment": Plot("Events a second of the consumer by clients, and processor time of one", enrichment),
    "leaderboard": Plot("Milliseconds of the leaderboard by users", leaderboard),
    "load": Plot("Latency by requests a second, up to where it does not hold", load),
}


def draw_all(sections: Sections, folder: Path) -> dict[str, str]:
    """Writes every plot for which there are metrics; by name what each shows."""
    drawn = {}
    for name, plot in PLOTS.items():
        figure = plot.draw(sections)
        if figure is not None:
            save(figure, folder / f"{name}.svg")
            drawn[name] = plot.alt
    return drawn
