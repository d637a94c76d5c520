"""How every plot looks: colours, axes, names at the ends of lines that do not lie on each other, and files that change only with the metrics."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.ticker import LogLocator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from benchmarks.results import Row, Table

OWN = "#1a6fe8"
QUIET = "#8a8f98"
LIMIT = "#c62828"
OTHERS = ("#d97706", "#0f9d75", "#9333ea", "#be185d", "#57606a", "#0891b2", "#7c5e10", "#4d7c0f")
GAP = 1.15  # of a line's height, between two names

# Most of what matplotlib writes says nothing: what is left out, and by what it is replaced.
_SLIMMER = (
    (re.compile(r"<!--.*?-->"), ""),
    (re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>", re.DOTALL), ""),
    (re.compile(r'(<g) id="[^"]*"'), r"\1"),
    (re.compile(r"\s*\n\s*(?=[A-Za-z\"])"), " "),  # a path and its style stand in one line,
    (re.compile(r"\s*\n\s*(?=<)"), ""),  # and so does what belongs together
    (re.compile(r"(?<=</g>)(?=<g>)"), "\n"),
    (re.compile(r' transform="rotate\(-0 [^)]*\)"'), ""),
    (re.compile(r"font-family: [^;\"]*;"), "font-family: sans-serif;"),
    (re.compile(r"(\.\d)\d+(?=[^<>]*>)"), r"\1"),  # places and widths; never a text
    (re.compile(r"\.0(?=[^\d<>][^<>]*>)"), ""),
)

mpl.use("agg")
mpl.rcParams.update(
    {
        "svg.fonttype": "none",  # text stays text
        "svg.hashsalt": "warmpath",
        "font.size": 9,
        "axes.titlesize": 10,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": QUIET,
        "xtick.color": "#3b4048",
        "ytick.color": "#3b4048",
        "grid.color": "#d5d9de",
        "grid.linewidth": 0.6,
        "axes.axisbelow": True,
    }
)


class Line(NamedTuple):
    """Something that is drawn over sizes."""

    name: str
    points: list[tuple[float, float]]
    color: str
    bold: bool = False


def canvas(
    columns: int, width: float, height: float, *, rows: Sequence[float] = (1,), sharey: bool = False
) -> tuple[Figure, list[Axes]]:
    """An empty picture with as many panels, in rows of such heights to each other; sizes in inches."""
    figure, panels = plt.subplots(
        len(rows),
        columns,
        figsize=(width, height),
        height_ratios=rows,
        sharey=sharey,
        squeeze=False,
        layout="constrained",
    )
    return figure, list(panels.flat)


def save(figure: Figure, path: Path) -> None:
    """Writes the SVG."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    slim = text.getvalue()
    for pattern, instead in _SLIMMER:
        slim = pattern.sub(instead, slim)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(line.strip() for line in slim.splitlines() if line.strip()) + "\n", encoding="utf-8")


def lines_of(table: Table, metric: str, names: Iterable[str], colors: dict[str, str]) -> list[Line]:
    """Rows of one name, over their sizes."""
    lines = []
    for name in names:
        points = sorted(
            (float(row.size), row.metrics[metric])
            for row in table.rows
            if row.name == name and row.size is not None and metric in row.metrics
        )
        if points:
            color = colors.get(name, QUIET)
            lines.append(Line(name, points, color, bold=color == OWN))
    return lines


def draw_lines(axes: Axes, lines: list[Line], *, room: float = 9, steps: bool = True) -> None:
    """Lines on logarithmic axes.

    Args:
        axes: where.
        lines: what.
        room: how many times the greatest size there is, for the names at their ends.
        steps: whether sizes are in steps that are much greater each, and said one by one.
    """
    for line in lines:
        axes.plot(
            *zip(*line.points, strict=True),
            color=line.color,
            linewidth=3 if line.bold else 1.4,
            marker="o",
            markersize=3.5,
        )
    sizes = [x for line in lines for x, _ in line.points]
    axes.set(yscale="log", xlim=(min(sizes) / 1.3, max(sizes) * room))
    if steps:
        axes.set_xscale("log")
        axes.set_xticks(sorted(set(sizes)), [short(size) for size in sorted(set(sizes))])
    axes.minorticks_off()
    values = [y for line in lines for _, y in line.points]
    if max(values) / min(values) < 300:
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    axes.grid(visible=True, axis="y")


def name_ends(figure: Figure, axes: Axes, lines: list[Line]) -> None:
    """Writes the names; after everything else is drawn, as they depend on where that came to lie."""
    figure.draw_without_rendering()
    height = mpl.rcParams["font.size"] * figure.dpi / 72 * GAP
    placed: list[tuple[float, Line, float]] = []
    for line in sorted(lines, key=lambda line: line.points[-1][1]):
        own = axes.transData.transform(line.points[-1])[1]
        at = max(own, placed[-1][0] + height) if placed else own
        placed.append((at, line, own))
    top = axes.transAxes.transform((0, 1))[1]
    below = top
    for at, line, own in reversed(placed):
        at_last = min(at, below)
        below = at_last - height
        note = axes.annotate(
            line.name, line.points[-1], (7, (at_last - own) * 72 / figure.dpi), textcoords="offset points", va="center",
            color=line.color, weight="bold" if line.bold else "normal", annotation_clip=False,
        )  # fmt: skip
        note.set_in_layout(False)


def limit_line(axes: Axes, value: float, text: str) -> None:
    """What is promised, as a line across."""
    axes.axhline(value, color=LIMIT, linewidth=1, linestyle=(0, (4, 3)))
    axes.annotate(
        text, (0.01, value), (0, 3), xycoords=("axes fraction", "data"), textcoords="offset points", color=LIMIT
    )


def names_of(rows: Iterable[Row]) -> list[str]:
    """In the order of the table, each once."""
    return list(dict.fromkeys(row.name for row in rows))


def short(number: float) -> str:
    """2,000 as 2k."""
    for unit, sign in ((1e6, "M"), (1e3, "k")):
        if number >= unit:
            return f"{number / unit:g}{sign}"
    return f"{number:g}"
