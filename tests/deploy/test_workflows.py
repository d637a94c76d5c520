"""The workflows run what a laptop runs, and leave no opening."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))


def commands(workflow: Path) -> list[tuple[str, str]]:
    """Each line that a workflow runs, and the folder it runs in."""
    jobs: dict[str, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return [
        (line.strip(), job.get("defaults", {}).get("run", {}).get("working-directory", "."))
        for job in jobs.values()
        for step in job["steps"]
        for line in step.get("run", "").splitlines()
    ]


def test_zizmor_finds_nothing() -> None:
    zizmor = shutil.which("zizmor") or Path(sys.executable).with_name("zizmor")
    if not Path(zizmor).exists():
        pytest.skip("zizmor is not installed: pip install -r requirements-dev.txt")
    done = subprocess.run(
        [str(zizmor), "--offline", ".github"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_commands_that_exist(workflow: Path) -> None:
    makefiles = (PROJECT / "Makefile", PROJECT / "terraform" / "terraform.mk")
    targets = {
        target
        for file in makefiles
        for target in re.findall(r"^([a-z0-9-]+):", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    scripts = set(json.loads((PROJECT / "frontend" / "package.json").read_text(encoding="utf-8"))["scripts"])
    for command, folder in commands(workflow):
        words = command.split()
        if words[:1] == ["make"] and words[1] != '"$COMMAND"':
            assert words[1] in targets
        if words[:2] == ["npm", "run"]:
            assert folder == "frontend"
            assert words[2] in scripts


def test_lint_tests_and_terraform_are_what_every_change_must_pass() -> None:
    ran = {command for command, _ in commands(PROJECT / ".github" / "workflows" / "ci.yml")}
    assert {
        "make lint",
        "make test",
        "make test-slow",
        "make e2e",
        "make terraform-test",
        "npm run lint",
        "npm test",
        "npm run build",
    } <= ran


def test_nothing_is_run_twice() -> None:
    jobs: dict[str, Any] = yaml.safe_load((PROJECT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
    ran = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    # A test on each version of Python is one job; two jobs with one command are one too many.
    assert len(ran) == len(set(ran)), sorted(command for command in set(ran) if ran.count(command) > 1)
