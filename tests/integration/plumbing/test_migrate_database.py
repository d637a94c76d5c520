from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dev.connections import connected
from shared.migrate import read_migrations

ROOT = Path(__file__).parents[3]
# A process of its own, as the function has in the cloud: it signs in as the owner and not as the others do.
CALL_TWICE = """
import json
from werkzeug.test import Client
from dev.gateway import Functions

function = Client(Functions().app("migrate_database"))
print(json.dumps([function.post("/").json for _ in range(2)]))
"""


@pytest.fixture
def empty_database(owner_url):
    """A database with nothing in it."""
    name = f"empty_{uuid.uuid4().hex[:8]}"
    with connected(os.environ["TEST_DATABASE_URL"]) as admin:
        admin.run(f"create database {name}")
        yield urlsplit(owner_url)._replace(path=f"/{name}").geturl()
        admin.run(f"drop database {name} with (force)")


def test_an_operator_brings_a_database_up_to_date_and_a_second_call_changes_nothing(empty_database):
    settings = {"OIDC_ISSUER": "unused", "OIDC_AUDIENCE": "unused", "OIDC_JWKS_URL": "unused"}
    environment = os.environ | settings | {"DATABASE_URL": empty_database}

    printed = subprocess.run(
        [sys.executable, "-c", CALL_TWICE], env=environment, cwd=ROOT, check=True, capture_output=True, timeout=60
    ).stdout

    first, second = json.loads(printed)
    assert first["applied"] == [migration.name for migration in read_migrations()]
    assert second == {"applied": [], "admitted": []}
    with connected(empty_database) as owner:
        assert owner.run("select count(*) from crm.users") == [[0]]
