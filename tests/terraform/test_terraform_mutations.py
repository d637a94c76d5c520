"""Deliberate faults in the Terraform; the module's own tests must notice each.

A fault that nothing notices means that the tests would let it through to Google as well.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.terraform.faults import FAULTS, MODULE, Fault, make, together
from tests.terraform.module import Terraform, copy_module

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS = together(FAULTS)
EACH = [pytest.param(index, fault, id=fault.name) for index, group in enumerate(GROUPS) for fault in group]


def test_every_fault_can_still_be_made_and_is_noticed_by_something_that_there_is() -> None:
    for fault in FAULTS:
        text = (MODULE / fault.file).read_text(encoding="utf-8")
        assert fault.right in text, f"{fault.name}: {fault.file} has changed, bring the fault up to date"
        tests = (MODULE / "tests" / f"{fault.tests}.tftest.hcl").read_text(encoding="utf-8")
        for message in fault.noticed_by:
            run = message.removesuffix(": nothing was refused")
            assert f'error_message = "{message}"' in tests or (run != message and f'run "{run}"' in tests)
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 70


def test_faults_that_are_made_together_are_told_apart() -> None:
    assert sorted(fault.name for group in GROUPS for fault in group) == sorted(fault.name for fault in FAULTS)
    for group in GROUPS:
        assert len({fault.tests for fault in group}) == 1
        noticing = [message for fault in group for message in fault.noticed_by]
        assert len(noticing) == len(set(noticing))
        assert all(fault.noticed_by for fault in group)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, providers: dict[str, str]) -> Callable[[int], set[str]]:
    """What the module's tests find when the faults of a group are made; each group once."""

    def findings(index: int) -> set[str]:
        terraform = Terraform(copy_module(tmp_path_factory.mktemp("faults")), providers)
        make(GROUPS[index], terraform.folder)
        return terraform.failures(GROUPS[index][0].tests)

    return cache(findings)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("index", "fault"), EACH)
def test_a_fault_is_noticed(index: int, fault: Fault, found: Callable[[int], set[str]]) -> None:
    assert set(fault.noticed_by) <= found(index)
    # Were one noticed by more than it says, the others of its group might be noticed by nothing.
    assert found(index) == {message for made in GROUPS[index] for message in made.noticed_by}
