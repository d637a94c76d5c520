from __future__ import annotations

import os
import uuid
from urllib.parse import urlsplit

import pytest
from werkzeug.test import Client

from dev.connections import connected
from dev.gateway import Functions
from shared.deps import deps
from shared.migrate import read_migrations


@pytest.fixture
def empty_database(owner_url, monkeypatch):
    """A database with nothing in it, which the functions of this test reach as its owner."""
    name = f"empty_{uuid.uuid4().hex[:8]}"
    with connected(os.environ["TEST_DATABASE_URL"]) as admin:
        admin.run(f"create database {name}")
    url = urlsplit(owner_url)._replace(path=f"/{name}").geturl()
    monkeypatch.setenv("DATABASE_URL", url)
    for variable in ("OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_JWKS_URL"):
        monkeypatch.setenv(variable, "unused")
    deps.cache_clear()
    yield url
    deps.cache_clear()
    with connected(os.environ["TEST_DATABASE_URL"]) as admin:
        admin.run(f"drop database {name} with (force)")


def test_an_operator_brings_a_database_up_to_date_and_a_second_call_changes_nothing(empty_database):
    function = Client(Functions().app("migrate_database"))

    first, second = function.post("/"), function.post("/")

    assert first.json["applied"] == [migration.name for migration in read_migrations()]
    assert second.json == {"applied": []}
    with connected(empty_database) as owner:
        assert owner.run("select count(*) from crm.users") == [[0]]
