"""What the app asks of a browser: frame times of the table and of the graph, time from a key to the picture that answers it.

Usage: python -m benchmarks.app

Runs what measures them, `tests/e2e/test_frames.py`, on a stack of its own with Chromium's software rendering.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.results import Row, Table, run
from dev.environment import ensure

if TYPE_CHECKING:
    import argparse

ROOT = Path(__file__).parents[1]
MEASURING = "tests/e2e/test_frames.py"
METRICS = ("median ms", "p95 ms", "longest ms")


def measure(_: argparse.Namespace) -> list[Table]:
    """The metrics of the tests, which have bounds of their own."""
    ensure("e2e")
    with tempfile.TemporaryDirectory() as folder:
        metrics = Path(folder) / "metrics"
        metrics.touch()
        command = [sys.executable, "-m", "pytest", "-q", "-m", "slow", MEASURING]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "CI": "1", "E2E_METRICS": str(metrics)}, check=True)
        return [Table("the app", [row_of(line) for line in metrics.read_text(encoding="utf-8").splitlines()])]


def row_of(line: str) -> Row:
    """A row of Markdown as the tests write it: what was measured, then milliseconds."""
    name, *times = (cell.strip() for cell in line.strip("| ").split("|"))
    return Row(name, dict(zip(METRICS, map(float, times), strict=True)))


if __name__ == "__main__":
    run(__doc__, measure)
