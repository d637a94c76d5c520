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

ROOT = Path(__file__).parents[1]
MEASURING = "tests/e2e/test_frames.py"


def main() -> None:
    """Prints the table; ends with the code of the tests, which have bounds of their own."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        figures.touch()
        command = [sys.executable, "-m", "pytest", "-q", "-m", "slow", MEASURING]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "CI": "1", "E2E_FIGURES": str(figures)}, check=False
        )
        print("\n| milliseconds | median | p95 | longest |\n| --- | --- | --- | --- |")
        print(figures.read_text(encoding="utf-8"), end="")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
