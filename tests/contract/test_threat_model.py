"""The threat model names tests that are there, and every test of attacks stands in it."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "threat-model.md"


def test_everything_it_links_to_is_there() -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", PAGE.read_text())
    assert len(linked) > 30
    assert [link for link in linked if not (PAGE.parent / link).is_file()] == []


def test_every_module_of_attacks_proves_something_in_it() -> None:
    told = PAGE.read_text()
    modules = {path.name for path in (PROJECT / "tests" / "security").glob("test_*.py")}
    assert modules
    assert {name for name in modules if f"tests/security/{name})" not in told} == set()


def test_every_threat_is_met_by_something_that_a_test_proves() -> None:
    rows = re.findall(r"^\| [STRIDE ]+ \|(.*)\|$", PAGE.read_text(), re.MULTILINE)
    assert len(rows) > 25
    for row in rows:
        threat, met_by, proof = row.split(" | ")
        assert threat.strip()
        assert met_by.strip()
        assert "](../" in proof, threat
