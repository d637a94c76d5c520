"""Terraform in the tests: the real program on a copy of terraform/, with stand-in providers where there is no network.

The stand-ins and their schema are tools beside the checkout (`../shared/tools/terraform`); without them the providers come
from the registry, which needs a network, and plans are left out, which would need an account.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[2]
TOOLS = PROJECT.parent / "shared" / "tools" / "terraform"
ADDITIONS = Path(__file__).with_name("schema_additions.json")
IMAGE = "europe-west1-docker.pkg.dev/crm-test/warmpath-functions/warmpath:1a2b3c"
VARIABLES = (
    "-var=project_id=crm-test",
    "-var=region=europe-west1",
    "-var=domain=crm.example.com",
    '-var=operators=["group:operators@example.com"]',
    "-var=source_archive=tests/fixtures/manifest.json",
    f"-var=image={IMAGE}",
)


@dataclass(frozen=True)
class Terraform:
    """Terraform on a copy of the module, so that tests may change it and leave nothing behind."""

    folder: Path
    schema: Path | None

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        program = [str(TOOLS / "terraform_offline.sh")] if self.schema else ["terraform"]
        environment = os.environ | {"PYTHON": sys.executable, "TF_IN_AUTOMATION": "1", "NO_COLOR": "1"}
        if self.schema:
            environment["TF_STUB_SCHEMA"] = str(self.schema)
        return subprocess.run(
            [*program, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def plan(self, environment: str, *more: str) -> dict[str, Any]:
        """The plan of an environment, as `terraform show -json` tells it."""
        done = self(
            "plan", "-input=false", "-out=it.tfplan", f"-var-file=environments/{environment}.tfvars", *VARIABLES, *more
        )
        assert done.returncode == 0, done.stdout + done.stderr
        shown = self("show", "-json", "it.tfplan")
        plan: dict[str, Any] = json.loads(shown.stdout[shown.stdout.index("{") :])
        return plan


def copy_module(to: Path) -> Path:
    """Copies what the module reads to a folder; without the backend, whose bucket no test has."""
    ignored = shutil.ignore_patterns("backend.tf", ".terraform", ".build", "*.tfplan")
    shutil.copytree(PROJECT / "terraform", to / "terraform", ignore=ignored)
    for file in ("functions/manifest.json", "frontend/index.html"):
        (to / file).parent.mkdir(exist_ok=True)
        shutil.copy(PROJECT / file, to / file)
    return to / "terraform"


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The providers' schema for work without a network; None when its tools are not here."""
    if not TOOLS.is_dir():
        return None
    merged = json.loads((TOOLS / "provider_schema.json").read_text())
    for provider, added in json.loads(ADDITIONS.read_text()).items():
        if provider != "//":
            merged[provider]["resources"] |= added["resources"]
    path = tmp_path_factory.mktemp("schema") / "provider_schema.json"
    path.write_text(json.dumps(merged))
    return path


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory, schema: Path | None) -> Terraform:
    """Terraform on an unchanged copy, ready to validate and test."""
    if not shutil.which("terraform"):
        pytest.skip("terraform is not on the PATH: https://developer.hashicorp.com/terraform/install")
    made = Terraform(copy_module(tmp_path_factory.mktemp("module")), schema)
    if schema is None:
        done = made("init", "-input=false", "-backend=false")
        if done.returncode:
            pytest.skip(f"terraform init needs a network, or ../shared/tools/terraform: {done.stderr[-300:]}")
    return made


@pytest.fixture(scope="session")
def offline(terraform: Terraform) -> Terraform:
    """Terraform with stand-in providers, which can also plan, as they ask no cloud."""
    if terraform.schema is None:
        pytest.skip("plans without an account need ../shared/tools/terraform")
    return terraform


@pytest.fixture(scope="session")
def planned(offline: Terraform) -> Callable[[str], dict[str, Any]]:
    """The plan of an environment with the real manifest, made once."""
    return cache(offline.plan)


LARGER = [pytest.param(name, marks=pytest.mark.slow) for name in ("staging", "production")]


@pytest.fixture(scope="session", params=["minimal", *LARGER])
def environment_plan(request: pytest.FixtureRequest, planned: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The plan of each environment in turn."""
    return {"environment": request.param, **planned(request.param)}
