"""Generated requests against every operation: no answer is a 500, and each is one that the description allows."""

from __future__ import annotations

import json

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dev.openapi import PATH

DOCUMENT = json.loads(PATH.read_text())
# They erase the user that the others are made with, or answer with a file.
APART = {"delete_user"}
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT).exclude(operation_id=sorted(APART))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def token(issuer, user_email):
    return issuer.token(user_email, "Uma User")


@SCHEMA.parametrize()
@hypothesis.settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
def test_no_generated_request_is_answered_by_anything_undescribed(case, gateway, token):
    case.call_and_validate(app=gateway, headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
