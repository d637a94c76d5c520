"""Make .venv and keep it at the pinned packages: `python3 -m dev.environment run|dev|e2e|bench|audit`.

This module runs before any package is installed, and on a Python that may be too old: it uses the standard library only,
and the syntax of Python 3.8, so that an old Python can report that it is too old.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / ".venv"
PYTHON = FOLDER / "bin" / "python"

# Requirements of each purpose; the last file includes the ones before it.
REQUIREMENTS = {
    "run": ("requirements.txt", "dev/requirements.txt"),
    "dev": ("requirements.txt", "dev/requirements.txt", "requirements-dev.txt"),
    "e2e": ("requirements.txt", "dev/requirements.txt", "requirements-dev.txt", "tests/e2e/requirements.txt"),
    "bench": ("requirements.txt", "dev/requirements.txt", "requirements-dev.txt", "benchmarks/requirements.txt"),
    "audit": ("requirements.txt", "dev/requirements.txt", "requirements-dev.txt", "dev/requirements-audit.txt"),
    "node": ("dev/requirements-node.txt",),
}
OLDEST = (3, 11)
NEWER_NAMES = tuple(f"python3.{minor}" for minor in range(15, 10, -1))


class EnvironmentProblem(Exception):
    """The environment cannot be made; the message is one sentence for the person at the terminal."""


def main(purpose: str) -> None:
    """Make the environment of a purpose, or exit with the reason why not."""
    try:
        ensure(purpose)
    except EnvironmentProblem as error:
        sys.exit(f"warmpath: {error}")


def become(module: str, *arguments: str) -> NoReturn:
    """Make the environment of `run`, then replace this process by a module that needs it."""
    try:
        ensure("run")
    except EnvironmentProblem as error:
        sys.exit(f"warmpath: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])  # noqa: S606


def ensure(purpose: str) -> None:
    """Make .venv when it is missing or broken, and install the pinned packages when they have changed.

    Args:
        purpose: a key of `REQUIREMENTS`.

    Raises:
        EnvironmentProblem: Python is too old, its venv module is missing, or a package cannot be installed.
    """
    if is_current(purpose):
        return
    with _alone():
        if is_current(purpose):
            return
        if not _works():
            _create()
        _install(REQUIREMENTS[purpose][-1])
        for other, files in REQUIREMENTS.items():
            if set(files) <= set(REQUIREMENTS[purpose]):
                _stamp(other).write_text(fingerprint(other), encoding="ascii")


def is_current(purpose: str) -> bool:
    """Whether the packages were installed for the present requirements."""
    try:
        return PYTHON.exists() and _stamp(purpose).read_text(encoding="ascii") == fingerprint(purpose)
    except OSError:
        return False


def _stamp(purpose: str) -> Path:
    return FOLDER / f"packages-{purpose}"


def fingerprint(purpose: str) -> str:
    """Return a hash of the requirements files of a purpose."""
    digest = hashlib.sha256()
    for name in REQUIREMENTS[purpose]:
        digest.update((PROJECT / name).read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold a lock on the project folder: of two first starts at once, the second waits and then finds all done."""
    descriptor = os.open(PROJECT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _works() -> bool:
    """Whether .venv has a Python that runs, is new enough and has pip; an upgrade or an interruption may break it."""
    check = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([PYTHON, "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _create() -> None:
    base = suitable_python()
    _say("making .venv")
    try:
        made = subprocess.run([base, "-m", "venv", "--clear", FOLDER], capture_output=True, text=True, check=False)
    except OSError as error:
        raise EnvironmentProblem(f"{base} does not run: {error.strerror}") from error
    if made.returncode == 0:
        return
    output = made.stdout + made.stderr
    if "ensurepip" in output or "No module named venv" in output:
        raise EnvironmentProblem(
            "the venv module of this Python is missing: install it (on Debian and Ubuntu: apt install python3-venv)"
        )
    if "Permission denied" in output:
        raise EnvironmentProblem(f"cannot write in {PROJECT}: run as a user with that right")
    raise EnvironmentProblem(f".venv cannot be made: {output.strip()}")


def suitable_python() -> str:
    """Find a Python that is new enough: this one, or another one on this machine.

    Raises:
        EnvironmentProblem: none is new enough.
    """
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in NEWER_NAMES:
        found = shutil.which(name)
        if found:
            return found
    version = ".".join(map(str, sys.version_info[:2]))
    wanted = ".".join(map(str, OLDEST))
    raise EnvironmentProblem(f"Python {wanted} or newer is needed, and {sys.executable} is {version}")


def _install(requirements: str) -> None:
    """Install with pip, and show the count of packages meanwhile."""
    _say(f"installing the packages of {requirements}, once")
    # Postgres refuses to run as root, and the user that it runs as must be able to read its files.
    os.umask(0o022)
    pip = subprocess.Popen(
        [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", requirements],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = []
    collected = 0
    for line in pip.stdout or ():
        lines.append(line)
        if line.startswith("Collecting "):
            collected += 1
            _progress(f"  {collected} packages found")
        elif line.startswith("Installing "):
            _progress(f"  {collected} packages found, installing them")
    _progress("")
    if pip.wait() != 0:
        reasons = [line.strip() for line in lines if line.startswith("ERROR")] or lines[-3:]
        raise EnvironmentProblem("pip cannot install the packages: " + " ".join(reasons))


def _say(text: str) -> None:
    print(f"warmpath: {text}", flush=True)


def _progress(text: str) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
