"""Runs the benchmarks, one after the other, each in a process of its own.

    python -m benchmarks                    all of them, into results.json, README.md and plots/   (make bench)
    python -m benchmarks --only graph,team  some of them; those that are measured apart run only so
    python -m benchmarks --quick            the small form: fails on a ratio worse than its baseline   (make bench-quick)
    python -m benchmarks --quick --keep     makes its ratios the baselines
    python -m benchmarks --render           README.md and plots/ anew from results.json, nothing measured

A part that fails is told at the end and leaves what was kept of it; the others are measured all the same.
"""

from __future__ import annotations

import argparse
import json
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import baselines, results
from benchmarks.machine import machine
from benchmarks.parts import PARTS

if TYPE_CHECKING:
    from benchmarks.parts import Part
    from benchmarks.results import Table

ROOT = Path(__file__).parents[1]
# A part that hangs must not take the others' results with it.
LONGEST_S = 1800
QUICK_LONGEST_S = 300


class Failed(Exception):
    """A part ended with an error or not at all."""


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", help="names of parts, with commas between them")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", action="store_true", help="with --quick: the ratios become the baselines")
    parser.add_argument("--render", action="store_true")
    options = parser.parse_args()
    problems: list[str] = []
    if options.quick:
        problems = watch(chosen(options.only, quick=True), keep=options.keep)
    elif not options.render:
        problems = measure(chosen(options.only, quick=False))
    if not options.quick:
        from benchmarks.render import render

        render()
    if problems:
        sys.exit("\n".join(["", *problems]))


def chosen(only: str | None, *, quick: bool) -> list[Part]:
    """The parts that are asked for."""
    possible = [part for part in PARTS if not quick or part.quick is not None]
    if only is None:
        return [part for part in possible if not part.apart]
    wanted, known = only.split(","), {part.name: part for part in possible}
    if unknown := set(wanted) - set(known):
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return [known[name] for name in wanted]


def measure(parts: list[Part]) -> list[str]:
    """Keeps the results of each; a line for each that failed."""
    problems, began = [], time.monotonic()
    for number, part in enumerate(parts, 1):
        say(began, f"{number} of {len(parts)}: {part.command()}")
        before, started = machine(), time.monotonic()
        try:
            tables = tables_of(part, quick=False)
        except Failed as failure:
            say(began, str(failure))
            problems.append(str(failure))
            continue
        section = results.Section(
            part.command(), round(time.monotonic() - started, 1), f"{datetime.now(UTC):%Y-%m-%d}", before, tables
        )
        results.keep(part.name, section)
        for line in results.unmet(tables):
            say(began, f"not as promised: {line}")
    say(began, "done")
    return problems


def watch(parts: list[Part], *, keep: bool) -> list[str]:
    """The small form; a line for each ratio that is worse than its baseline allows, and for each part that failed."""
    problems, began, known = [], time.monotonic(), baselines.kept()
    for number, part in enumerate(parts, 1):
        say(began, f"{number} of {len(parts)}: {part.command(quick=True)}")
        try:
            tables = tables_of(part, quick=True)
            if keep:
                baselines.keep(part.name, tables, part.margin)
            elif worse := baselines.worse(part.name, tables, known):
                # once is chance, such as another's work on the machine
                say(began, "worse than kept, so once more: " + "; ".join(worse.values()))
                again = baselines.worse(part.name, tables_of(part, quick=True), known)
                problems += [line for name, line in again.items() if name in worse]
        except Failed as failure:
            say(began, str(failure))
            problems.append(str(failure))
    say(began, "done")
    return problems


def tables_of(part: Part, *, quick: bool) -> list[Table]:
    """Runs a part to its end.

    Raises:
        Failed: it did not come to a good one.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.json"
        words = [sys.executable, *shlex.split(part.command(quick=quick))[1:], "--json", str(path)]
        process = subprocess.Popen(words, cwd=ROOT)
        try:
            code = process.wait(QUICK_LONGEST_S if quick else LONGEST_S)
        except subprocess.TimeoutExpired as late:
            raise Failed(f"{part.name}: not done after {late.timeout:.0f} s") from late
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)  # it stops its servers
                process.wait()
        if code:
            raise Failed(f"{part.name}: ended with {code}, see above")
        return results.tables_from(json.loads(path.read_text(encoding="utf-8")))


def say(began: float, text: str) -> None:
    """One line of progress, with the time since the start."""
    minutes, seconds = divmod(int(time.monotonic() - began), 60)
    print(f"\n[{minutes:2}:{seconds:02}] {text}", flush=True)


if __name__ == "__main__":
    main()
