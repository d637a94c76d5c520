"""Terraform with stand-in providers (`stand_in/`): nothing but the program itself is needed, no network and no account."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.terraform.faults import FAULTS, together
from tests.terraform.module import Terraform, copy_module
from tests.terraform.stand_in.serving import standing_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def providers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment in which terraform finds the stand-ins, and no settings of whoever runs the tests."""
    if not shutil.which("terraform"):
        pytest.skip("terraform is not on the PATH: https://developer.hashicorp.com/terraform/install")
    settings = tmp_path_factory.mktemp("settings") / "terraform.rc"
    settings.touch()
    with standing_in() as environment:
        yield environment | {"TF_CLI_CONFIG_FILE": str(settings)}


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory, providers: dict[str, str]) -> Terraform:
    """Terraform on an unchanged copy."""
    return Terraform(copy_module(tmp_path_factory.mktemp("module")), providers)


@pytest.fixture(scope="session")
def planned(terraform: Terraform) -> Callable[[str], dict[str, Any]]:
    """The plan of an environment with the real manifest, made once; `large` is production with the example of larger engines."""

    def plan(name: str) -> dict[str, Any]:
        return terraform.plan("production", "-var-file=examples/large.tfvars") if name == "large" else terraform.plan(name)

    return cache(plan)


ENVIRONMENTS = ["minimal", *(pytest.param(name, marks=pytest.mark.slow) for name in ("staging", "production"))]


@pytest.fixture(scope="session", params=ENVIRONMENTS)
def environment_plan(request: pytest.FixtureRequest, planned: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The plan of each environment in turn."""
    return {"environment": request.param, **planned(request.param)}


# What a test shares with others, by the parameter in its name: the plan of an environment, or the run in which faults are made together.
SHARED = {name: f"plan of {name}" for name in ("minimal", "staging", "production", "large")} | {
    fault.name: f"faults {index}" for index, group in enumerate(together(FAULTS)) for fault in group
}


class SharedRuns(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Sends tests that share a run of terraform to one worker, which makes it once.

    xdist's own marks for that (`xdist_group`) do nothing with pytest 9.2, which computes the ids that they are written into.
    """

    def _split_scope(self, nodeid: str) -> str:
        return SHARED.get(nodeid.partition("[")[2].removesuffix("]"), nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedRuns | None:
    """Takes effect when this folder is named at the start (`make terraform-test`)."""
    return SharedRuns(config, log) if config.getvalue("dist") == "loadgroup" else None
