"""The description of the API is clean by the rulesets of Spectral and Redocly.

The tools themselves run in CI (`.github/workflows/ci.yml`), and here where `npx` has them (`OPENAPI_LINT` names a folder with their
`node_modules`). The rules that a change breaks most often are kept here as well.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dev.openapi import PATH

PROJECT = Path(__file__).parents[2]
TOOLS = Path(os.environ.get("OPENAPI_LINT", "/nowhere")) / "node_modules" / ".bin"
DOCUMENT: dict[str, Any] = json.loads(PATH.read_text())
OPERATIONS = [
    (method, path, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()
]


def test_every_operation_is_described_named_and_tagged() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names)
    tags = {tag["name"] for tag in DOCUMENT["tags"]}
    for method, path, operation in OPERATIONS:
        assert operation["summary"], path
        assert operation["description"].strip(), (method, path)
        assert set(operation["tags"]) <= tags
        assert operation["tags"], path
        assert any(status.startswith("2") or status == "302" for status in operation["responses"]), (method, path)


def test_parameters_of_paths_are_those_that_are_described() -> None:
    for method, path, operation in OPERATIONS:
        described = [each["name"] for each in operation.get("parameters", []) if each["in"] == "path"]
        assert sorted(described) == sorted(re.findall(r"{(\w+)}", path)), (method, path)
        places = [(each["in"], each["name"]) for each in operation.get("parameters", [])]
        assert len(set(places)) == len(places), (method, path)
        assert not path.endswith("/")


def test_every_schema_is_used_and_every_reference_leads_somewhere() -> None:
    text = PATH.read_text()
    used = set(re.findall(r'"\$ref": ?"#/components/schemas/([^"]+)"', text))
    assert used == set(DOCUMENT["components"]["schemas"])


def run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if not (TOOLS / tool).exists():
        pytest.skip(f"no {tool}: npm install @stoplight/spectral-cli @redocly/cli in a folder, and OPENAPI_LINT=FOLDER")
    environment = os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    command = [str(TOOLS / tool), *arguments, str(PATH)]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_spectral_finds_nothing() -> None:
    done = run("spectral", "lint", "--ruleset", ".spectral.yaml", "--fail-severity", "hint")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_redocly_finds_nothing() -> None:
    done = run("redocly", "lint", "--config", ".redocly.yaml", "--format", "json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}
