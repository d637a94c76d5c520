"""The way to AlloyDB, against a stand-in of Google's side and a real Postgres behind it."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

import pg8000.native
import pytest

from selfhost import migration
from shared.edge.deps import Deps
from shared.errors import Unavailable
from shared.plumbing import google_api
from shared.plumbing.postgres.alloydb import ByIam, Door
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, url_arguments
from shared.plumbing.postgres.sql import Query
from tests.fakes.alloydb import API_SCOPE, INSTANCE, PASSWORD, fake_alloydb
from tests.fakes.cloud_sql import IAM_USER, Authority

ONE = Query.parse("one", "one", "select 1, current_user::text")


@pytest.fixture
def certified_for():
    return "127.0.0.1"


@pytest.fixture
def google(owner_url, tmp_path, monkeypatch, certified_for):
    with fake_alloydb(owner_url, tmp_path, certified_for) as fake:
        monkeypatch.setenv("GCE_METADATA_HOST", fake.metadata_host)
        monkeypatch.setattr(google_api, "_METADATA_PAUSE_S", 0)
        yield fake


def name_of(url):
    return urlsplit(url).path.lstrip("/")


def by_iam(google):
    return ByIam(Door(INSTANCE, google.address, google.api), IAM_USER, name_of(google.database_url))


def answer(connect):
    database = Database(Pool(connect, 2))
    try:
        with database.read(None) as tx:
            return tx.one(ONE)
    finally:
        database.close()


def test_a_function_signs_in_by_its_environment_alone(google, monkeypatch):
    environ = {
        "ALLOYDB_INSTANCE": INSTANCE, "ALLOYDB_ADDRESS": google.address, "ALLOYDB_API": google.api, "DATABASE_USER": IAM_USER,
        "DATABASE_NAME": name_of(google.database_url), "OIDC_ISSUER": "https://i", "OIDC_AUDIENCE": "a", "OIDC_JWKS_URL": "https://i/k",
    }  # fmt: skip
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    deps = Deps()
    with deps.database.read(None) as tx:
        assert tx.one(ONE) == [1, "crm_app"]
    deps.database.close()


def test_one_certificate_serves_many_connections_and_the_token_that_signs_in_is_good_for_nothing_else(google):
    connect = by_iam(google)
    answer(connect)
    answer(connect)
    assert google.certificates == 1
    assert google.asked[0]["useMetadataExchange"] is True
    assert sorted(google.tokens) == ["https://www.googleapis.com/auth/alloydb.login", API_SCOPE]


def test_a_server_of_another_authority_is_refused_and_the_authority_asked_for_anew(google):
    connect, own = by_iam(google), google.authority
    google.authority = Authority("somebody else")
    with pytest.raises(Unavailable):
        answer(connect)
    assert not google.signed_in
    google.authority = own
    assert answer(connect)[0] == 1


@pytest.mark.parametrize("certified_for", ["10.1.2.3"])
def test_a_server_whose_certificate_names_another_address_is_refused(google):
    with pytest.raises(Unavailable):
        answer(by_iam(google))
    assert not google.signed_in


def test_google_being_out_of_order_is_a_temporary_refusal_and_passes(google):
    connect = by_iam(google)
    google.failing = 503
    with pytest.raises(Unavailable):
        answer(connect)
    google.failing = 0
    assert answer(connect)[0] == 1


def test_a_token_that_the_proxy_does_not_take_is_a_refusal_with_its_reason(google):
    connect = by_iam(google)
    google.login_scope = "another"
    with pytest.raises(ConnectionRefusedError, match="token is bad"):
        connect()


@pytest.mark.parametrize(("instance", "address"), [("warmpath", "10.0.0.2"), (INSTANCE, "")])
def test_a_wrong_name_of_an_instance_is_refused_by_its_value(instance, address):
    with pytest.raises(ValueError, match=f'not "{instance}" and "{address}"'):
        Door(instance, address)


def test_the_migration_comes_by_the_same_door_and_makes_the_database_of_a_new_cluster(google, monkeypatch, capsys):
    name = f"fresh_{uuid4().hex[:8]}"
    seen = []

    def note_database(connection, **_log):
        seen.extend(connection.run("select current_database()"))
        return []

    monkeypatch.setattr(migration, "bring_up_to_date", note_database)
    monkeypatch.setattr(migration, "admit", lambda _connection, users: users)
    url = f"postgresql://postgres:{PASSWORD}@10.0.0.2/{name}"
    environ = {
        "DATABASE_URL": url,
        "ALLOYDB_INSTANCE": INSTANCE,
        "ALLOYDB_ADDRESS": google.address,
        "ALLOYDB_API": google.api,
    }
    try:
        migration.migrate(environ)
        assert seen == [[name]]
        assert f"made the database {name}" in capsys.readouterr().out
        migration.migrate(environ)
        assert "made the database" not in capsys.readouterr().out
        with pytest.raises(SystemExit, match="password authentication failed"):
            migration.migrate(environ | {"DATABASE_URL": url.replace(PASSWORD, "wrong")})
    finally:
        with_owner = pg8000.native.Connection(**url_arguments(google.database_url))
        with_owner.run(f"drop database if exists {name} with (force)")
        with_owner.close()
