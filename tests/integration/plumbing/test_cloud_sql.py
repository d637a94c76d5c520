"""Both ways to Cloud SQL, against a stand-in of Google's side and a real Postgres behind it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest
from google.auth.compute_engine import _metadata

from shared.errors import Unavailable
from shared.plumbing import google_api
from shared.plumbing.postgres import cloud_sql
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool
from shared.plumbing.postgres.sql import Query
from tests.fakes.cloud_sql import IAM_USER, INSTANCE, Authority, fake_cloud_sql

ONE = Query.parse("one", "one", "select 1, current_user::text")


@pytest.fixture
def google(owner_url, tmp_path, monkeypatch):
    with fake_cloud_sql(
        owner_url, tmp_path, address=f"127.53.{os.getpid() // 250 % 250}.{os.getpid() % 250 + 1}"
    ) as fake:
        monkeypatch.setenv("GCE_METADATA_HOST", fake.metadata_host)
        monkeypatch.setenv("GCE_METADATA_IP", fake.metadata_host)
        monkeypatch.setattr(_metadata, "_GCE_METADATA_HOST", fake.metadata_host)
        monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "acme-crm")
        monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
        monkeypatch.setattr(google_api, "_METADATA_PAUSE_S", 0)
        yield fake


def by_connector(google):
    connect = cloud_sql.ByConnector(INSTANCE, IAM_USER, "warmpath", api=google.api)
    google.at_the_end.callback(connect.close)
    return connect


def by_token(google):
    return cloud_sql.connect_by_token(google.direct, google.authority.pem(), IAM_USER, "warmpath")


WAYS = pytest.mark.parametrize("way", [by_connector, by_token])


def answer(connect):
    database = Database(Pool(connect, 2))
    try:
        with database.read(None) as tx:
            return tx.one(ONE)
    finally:
        database.close()


@WAYS
def test_a_query_is_answered_through_the_doors_of_cloud_sql(google, way):
    assert answer(way(google)) == [1, "crm_app"]


@WAYS
def test_the_token_that_signs_in_is_good_for_nothing_else(google, way):
    answer(way(google))
    assert google.tokens[-1] == "https://www.googleapis.com/auth/sqlservice.login"


@WAYS
def test_certificates_and_tokens_are_kept_between_connections(google, way):
    connect = way(google)
    answer(connect)
    asked = len(google.tokens), google.certificates
    answer(connect)
    assert (len(google.tokens), google.certificates) == asked


def test_a_token_that_is_about_to_end_is_asked_for_anew(google):
    google.expires_in = 60
    connect = by_token(google)
    answer(connect)
    answer(connect)
    assert len(google.tokens) == 2


@WAYS
def test_a_server_of_another_authority_is_refused(google, way):
    google.authority = Authority("somebody else")
    with pytest.raises(Unavailable):
        answer(way(google))
    assert not google.signed_in


@WAYS
def test_google_being_out_of_order_is_a_temporary_refusal_and_passes(google, way):
    connect = way(google)
    google.failing = 503
    with pytest.raises(Unavailable):
        answer(connect)
    google.failing = 0
    assert answer(connect)[0] == 1


@WAYS
def test_a_connection_that_nobody_answers_ends_in_time_and_holds_up_no_other(google, way, monkeypatch):
    monkeypatch.setattr(cloud_sql, "CONNECT_TIMEOUT_S", 1)
    connect = way(google)
    answer(connect)
    google.silent = True
    refused = []

    def stuck():
        started = time.monotonic()
        with pytest.raises(Unavailable):
            answer(connect)
        refused.append(time.monotonic() - started)

    thread = threading.Thread(target=stuck)
    thread.start()
    google.accepted.wait(5)
    google.silent = False
    assert answer(connect)[0] == 1
    assert thread.is_alive()  # so the second connection did not wait for the first
    thread.join()
    assert refused[0] < 10


def test_the_connector_loads_nothing_for_other_ways_to_connect(google):
    code = (
        "from shared.plumbing.postgres.cloud_sql import _connector_module; import sys; _connector_module(); "
        "print('grpc' in sys.modules, 'dns' in sys.modules); import dns.asyncresolver; print(dns.asyncresolver.Resolver.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "dns.asyncresolver"]
