"""Writes the metrics into README.md, between the marks of each part, and the plots; what stands around them is written by hand.

A part that was never measured leaves what is between its marks.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.parts import PARTS
from benchmarks.results import FOLDER, RESULTS, markdown, sections, unmet

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.results import Section

_PLACE = re.compile(r"(?<=<!-- )(?P<name>[\w-]+)(?P<open> -->\n).*?(?=<!-- /(?P=name) -->)", re.DOTALL)
# A machine with that many processes at work or waiting for one is not idle.
BUSY = 1.5


def render(folder: Path = FOLDER, results: Path = RESULTS) -> None:
    """README.md and `plots/` of a folder, from the results."""
    from benchmarks.charts import draw_all

    kept = sections(results)
    drawn = draw_all(kept, folder / "plots")
    readme = folder / "README.md"
    readme.write_text(rendered(readme.read_text(encoding="utf-8"), kept, drawn), encoding="utf-8")


def rendered(text: str, kept: dict[str, Section], drawn: dict[str, str]) -> str:
    """The text with the metrics in their places.

    Args:
        text: with `<!-- NAME -->` and `<!-- /NAME -->` around each place.
        kept: results by part.
        drawn: the plots that there are, by name, and what they show.
    """

    def place(match: re.Match[str]) -> str:
        name = match["name"]
        if name == "run":
            filled = summary(kept)
        elif name in kept:
            filled = part(kept[name], picture(name, drawn))
        else:
            filled = picture(name, drawn)
        return f"{name}{match['open']}{filled}\n" if filled else match[0]

    return _PLACE.sub(place, text)


def part(section: Section, plot: str) -> str:
    """Command, day and time of one part, its plot and its tables."""
    told = [f"`{section.command}`", day(section.at), lasting(section.took_s)]
    if section.machine.get("load", 0) > BUSY * section.machine.get("cores", 1):
        told.append(f"**load {section.machine['load']:g} before it: the machine was busy**")
    return "\n\n".join(filter(None, [" · ".join(told), plot, markdown(section.tables)]))


def summary(kept: dict[str, Section]) -> str:
    """What was measured on what, when and for how long, and which promises do not hold."""
    together = {each.name: kept[each.name] for each in PARTS if not each.apart and each.name in kept}
    if not together:
        return ""
    latest = max(together.values(), key=lambda section: section.at)
    machine = latest.machine
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items() if version)
    lines = [
        (
            f"`make bench`, {day(latest.at)}, {lasting(sum(section.took_s for section in together.values()))} in all, at commit {machine['commit']}, "
            f"on {machine['cores']} cores ({machine['processor']}) with {machine['memory GB']} GB, {machine['system']}; client and servers share them. {versions}."
        )
    ]
    missed = [f"- {name}: {line}" for name, section in kept.items() for line in unmet(section.tables)]
    lines.append("\n".join(["Not as promised:", "", *missed]) if missed else "Everything is as promised.")
    return "\n\n".join(lines)


def picture(name: str, drawn: dict[str, str]) -> str:
    """A plot in Markdown, where there is one."""
    return f"![{drawn[name]}](plots/{name}.svg)" if name in drawn else ""


def day(iso: str) -> str:
    """As people write it."""
    at = date.fromisoformat(iso)
    return f"{at.day} {at:%B %Y}"


def lasting(seconds: float) -> str:
    """Seconds, or minutes where there are many."""
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
