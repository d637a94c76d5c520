"""Terraform in the tests: the real program on a copy of terraform/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
IMAGE = "europe-west1-docker.pkg.dev/crm-test/warmpath-functions/warmpath:1a2b3c"
VARIABLES = (
    "-var=project_id=crm-test",
    "-var=region=europe-west1",
    "-var=domain=crm.example.com",
    '-var=operators=["group:operators@example.com"]',
    f"-var=image={IMAGE}",
)
# A run ends within a minute and has memory enough: collecting garbage less often takes a fifth off its time.
_ENVIRONMENT = {"TF_IN_AUTOMATION": "1", "NO_COLOR": "1", "GOGC": "400"}


@dataclass(frozen=True)
class Terraform:
    """Terraform on a copy of the module, so that tests may change it and leave nothing behind.

    Attributes:
        folder: the copy.
        environment: how terraform reaches its providers.
    """

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs one of its commands."""
        return subprocess.run(
            ["terraform", *arguments],
            cwd=self.folder,
            env=os.environ | _ENVIRONMENT | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def plan(self, environment: str, *more: str) -> dict[str, Any]:
        """The plan of an environment, as `terraform show -json` tells it."""
        done = self(
            "plan", "-input=false", "-out=it.tfplan", f"-var-file=environments/{environment}.tfvars", *VARIABLES, *more
        )
        assert done.returncode == 0, done.stdout + done.stderr
        plan: dict[str, Any] = json.loads(self("show", "-json", "it.tfplan").stdout)
        return plan

    def failures(self, name: str) -> set[str]:
        """What the module's own tests of one file find wrong: each assertion by its message, each missing refusal by its run.

        Args:
            name: of the file, without .tftest.hcl.

        Raises:
            AssertionError: they could not be asked, which is no finding.
        """
        done = self("test", "-json", f"-filter=tests/{name}.tftest.hcl")
        found = set()
        for line in done.stdout.splitlines():
            said = json.loads(line)
            if said["type"] != "diagnostic" or said["diagnostic"]["severity"] != "error":
                continue
            match said["diagnostic"]["summary"]:
                case "Test assertion failed":
                    found.add(said["diagnostic"]["detail"])
                case "Missing expected failure":
                    found.add(f"{said['@testrun']}: nothing was refused")
                case other:
                    raise AssertionError(f"{other}: {said['diagnostic']['detail']}")
        assert bool(done.returncode) == bool(found), done.stdout + done.stderr
        return found


def copy_module(to: Path) -> Path:
    """Copies what the module reads to a folder; without the backend, whose bucket no test has."""
    ignored = shutil.ignore_patterns("backend.tf", ".terraform*", ".build", "*.tfplan")
    shutil.copytree(PROJECT / "terraform", to / "terraform", ignore=ignored)
    for file in ("functions/manifest.json", "frontend/index.html"):
        (to / file).parent.mkdir(exist_ok=True)
        shutil.copy(PROJECT / file, to / file)
    return to / "terraform"
