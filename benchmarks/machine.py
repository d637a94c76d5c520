"""What metrics were measured on, as far as it matters to them."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from dev.postgres import embedded_binaries

ROOT = Path(__file__).parents[1]
PACKAGES = ("functions-framework", "gunicorn", "pg8000", "pydantic", "igraph", "networkx", "rustworkx", "scipy")


def machine() -> dict[str, Any]:
    """Processor, memory, system, versions, the commit, and how busy it is before the run."""
    return {
        "processor": _after("model name", Path("/proc/cpuinfo")) or platform.machine(),
        "cores": os.cpu_count(),
        "memory GB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "load": round(os.getloadavg()[0], 1),
        "commit": _said("git", "rev-parse", "--short", "HEAD"),
        "versions": {
            "Python": platform.python_version(),
            "Postgres": _said(embedded_binaries() / "postgres", "--version").rpartition(" ")[2],
            **{name: known for name in PACKAGES if (known := _version(name))},
        },
    }


def _after(word: str, path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(word)), "")


def _said(*command: str | Path) -> str:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
