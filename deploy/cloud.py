"""Run gcloud, terraform and npm, shows what is run, and turns their failures into sentences."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class DeployError(Exception):
    """Something stands in the way; the message says what, and what to do about it."""


def has(program: str) -> bool:
    """Whether a program is on the PATH."""
    return shutil.which(program) is not None


def ask(*command: str) -> str | None:
    """Run a question quietly.

    Returns:
        What it printed, without the blanks around it; None when it failed.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def run(*command: str, folder: Path | None = None, ok: tuple[int, ...] = (0,)) -> int:
    """Run a step in front of the operator.

    Args:
        command: program and arguments.
        folder: where to run it.
        ok: exit codes that are no failure.

    Raises:
        DeployError: it failed.
    """
    print(f"$ {shlex.join(command)}", flush=True)
    code = subprocess.run(command, cwd=folder, check=False).returncode
    if code not in ok:
        raise DeployError(f"{command[0]} failed ({code}); nothing after this step was done. What it said stands above.")
    return code


def confirm(question: str, *, expected: str, given: str | None) -> None:
    """Go on only when the operator says so.

    Args:
        question: what is asked.
        expected: the one answer that means yes.
        given: the answer when it was given in advance; None asks.

    Raises:
        DeployError: the answer was another one.
    """
    if given is None:
        try:
            given = input(f"{question} Type {expected} to go on: ").strip()
        except EOFError:
            raise DeployError(f"{question} Nobody is there to answer; see `python -m deploy --help`.") from None
    if given != expected:
        raise DeployError("Not confirmed; nothing was changed.")


def read_json(text: str | None) -> Any:
    """What a program printed as JSON; None for None and for nothing."""
    return json.loads(text) if text else None
