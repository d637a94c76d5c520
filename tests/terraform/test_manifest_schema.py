"""The manifest keeps to its schema, and the schema refuses what could not be deployed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

FUNCTIONS = Path(__file__).parents[2] / "functions"
SCHEMA = json.loads((FUNCTIONS / "manifest.schema.json").read_text())
DEFAULTS = {"memory_mb": 256, "timeout_s": 30, "concurrency": 16, "min_instances": 0, "max_instances": 10}


def errors(**entry: Any) -> list[str]:
    document = {"defaults": DEFAULTS, "functions": {"get_contact": {"area": "contacts", **entry}}}
    return [error.message for error in jsonschema_rs.validator_for(SCHEMA).iter_errors(document)]


def test_the_manifest_keeps_to_its_schema() -> None:
    jsonschema_rs.validate(SCHEMA, json.loads((FUNCTIONS / "manifest.json").read_text()))


def test_every_kind_of_function_is_allowed() -> None:
    assert not errors(http="GET /api/crm/contacts/{id}", reads=True)
    assert not errors(topic="contact-enrichment", max_attempts=20, secrets=["HUNTER_API_KEY"])
    assert not errors(schedule="*/5 * * * *", publishes=["contact-enrichment"], timeout_s=1800)
    assert not errors(private=True, timeout_s=1800)


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"http": "GET /api/crm/contacts", "topic": "contact-enrichment"},
        {"http": "GET /contacts"},
        {"http": "get /api/crm/contacts"},
        {"topic": "contact-enrichment", "timeout_s": 600},
        {"topic": "contact-enrichment", "max_attempts": 3},
        {"schedule": "every 5 minutes"},
        {"private": False},
        {"http": "GET /api/crm/contacts", "max_instance": 3},
        {"http": "GET /api/crm/contacts", "memory_mb": 300},
    ],
    ids=str,
)
def test_what_could_not_be_deployed_is_refused(entry: dict[str, Any]) -> None:
    assert errors(**entry)
