"""Run gcloud, terraform and npm, show their command lines, and turn their failures into sentences."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any


class DeployError(Exception):
    """A deployment cannot go on; the message says why, and what to do about it."""


def has(program: str) -> bool:
    """Whether a program is on the PATH."""
    return shutil.which(program) is not None


def ask(*command: str) -> str | None:
    """Run a question quietly.

    Returns:
        The program's output without the blanks around it; None when the program failed.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def run(*command: str, folder: Path | None = None, ok: tuple[int, ...] = (0,)) -> int:
    """Run a step in front of the operator.

    Args:
        command: program and arguments.
        folder: where to run it.
        ok: exit codes that do not mean failure.

    Raises:
        DeployError: the program failed.
    """
    print(f"$ {shlex.join(command)}", flush=True)
    code = subprocess.run(command, cwd=folder, check=False).returncode
    if code not in ok:
        raise DeployError(f"{command[0]} failed ({code}); the steps after it were not run. Its output is above.")
    return code


def write_object(address: str, text: str) -> None:
    """Write a text to an object of a bucket.

    Raises:
        DeployError: gcloud failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "object"
        written.write_text(text, encoding="utf-8")
        run("gcloud", "storage", "cp", str(written), address)


def confirm(question: str, *, expected: str, given: str | None) -> None:
    """Ask the operator for a confirmation.

    Args:
        question: the question.
        expected: the one answer that means yes.
        given: the answer where it was given in advance; None asks for it.

    Raises:
        DeployError: any other answer.
    """
    if given is None:
        try:
            given = input(f"{question} Type {expected} to go on: ").strip()
        except EOFError:
            raise DeployError(
                f"{question} The terminal gives no answer; see `--confirm` in `python -m deploy deploy --help`."
            ) from None
    if given != expected:
        raise DeployError("Not confirmed; nothing was changed.")


def read_json(text: str | None) -> Any:
    """Parse a program's JSON output; None for None and for an empty text."""
    return json.loads(text) if text else None
