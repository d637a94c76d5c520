"""Sealed secrets in the database, and a key in Cloud KMS."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest

from shared.errors import Unavailable
from shared.plumbing.postgres.owner import connected
from shared.plumbing.secrets.envelope import Place, Sealer
from shared.plumbing.secrets.keys import CloudKms, KeyFile, SecretUnreadable
from shared.plumbing.secrets.rotation import Rotated, rewrap_all
from tests.fakes.kms import KEY, TOKEN, FakeKms

PLACE = Place("source_secrets", UUID(int=1), UUID(int=2))


@pytest.fixture
def kms():
    with FakeKms() as fake:
        yield fake


@pytest.fixture
def sealer(kms):
    return Sealer(CloudKms(KEY, kms.url, lambda: TOKEN))


def test_cloud_kms_wraps_the_data_key_and_never_sees_the_secret(sealer):
    sealed = sealer.seal(b"app password", PLACE)
    assert sealer.open(sealed, PLACE) == b"app password"
    with pytest.raises(SecretUnreadable):
        sealer.open(sealed, PLACE._replace(row_id=uuid4()))


def test_a_version_that_cloud_kms_has_made_is_taken_by_rewrapping(kms, sealer):
    sealed = sealer.seal(b"x", PLACE)
    assert sealer.rewrap(sealed, PLACE) is None
    kms.version = 2
    again = sealer.rewrap(sealed, PLACE)
    assert again is not None
    assert sealer.open(again, PLACE) == b"x"


@pytest.mark.parametrize("status", [403, 429, 500])
def test_without_cloud_kms_the_answer_is_to_try_again(kms, sealer, status):
    sealed = sealer.seal(b"x", PLACE)
    kms.status = status
    with pytest.raises(Unavailable):
        sealer.seal(b"x", PLACE)
    with pytest.raises(Unavailable):
        sealer.open(sealed, PLACE)


@pytest.fixture
def table(owner):
    owner.run("create table crm.trial (user_id uuid, id uuid, secret crm.sealed, primary key (user_id, id))")
    yield
    owner.run("drop table crm.trial")


@pytest.mark.usefixtures("table")
def test_rotating_wraps_every_secret_of_the_database_and_names_what_cannot_be_opened(owner, owner_url, tmp_path):
    # what other tests have left is of another key
    for (table,) in owner.run(
        "select table_name::text from information_schema.columns where domain_name = 'sealed' and table_schema = 'crm'"
    ):
        owner.run(f"delete from crm.{table}")
    keys = KeyFile(tmp_path / "secrets.key")
    sealer = Sealer(keys)
    places = [Place("trial", uuid4(), uuid4()) for _ in range(405)]
    for number, place in enumerate(places):
        owner.run(
            "insert into crm.trial values (:u::uuid, :i::uuid, :s::bytea)",
            u=place.user_id,
            i=place.row_id,
            s=sealer.seal(str(number).encode(), place),
        )
    owner.run("insert into crm.trial values (gen_random_uuid(), gen_random_uuid(), null)")
    lost = Place("trial", uuid4(), uuid4())
    owner.run(
        "insert into crm.trial values (:u::uuid, :i::uuid, :s::bytea)",
        u=lost.user_id,
        i=lost.row_id,
        s=sealer.seal(b"x", PLACE),
    )
    keys.add_version()
    with connected(owner_url) as connection:
        assert rewrap_all(connection, sealer) == Rotated(405, 0, 1)
        assert rewrap_all(connection, sealer) == Rotated(0, 405, 1)
    stored = {
        (u, i): bytes(s) for u, i, s in owner.run("select user_id, id, secret from crm.trial where secret is not null")
    }
    assert all(
        sealer.open(stored[place.user_id, place.row_id], place) == str(number).encode()
        for number, place in enumerate(places)
    )


def test_a_column_of_sealed_secrets_takes_nothing_else(owner):
    with pytest.raises(Exception, match="sealed_form"):
        owner.run("select 'a password'::bytea::crm.sealed")


def test_a_table_with_sealed_secrets_has_the_columns_that_they_are_bound_to(owner):
    for table, column in owner.run("select * from crm.sealed_columns()"):
        names = {
            name
            for (name,) in owner.run(
                "select attname from pg_attribute where attrelid = ('crm.' || :t)::regclass", t=table
            )
        }
        assert {"user_id", "id"} <= names, f"{table}.{column}"
        assert re.fullmatch(r"[a-z_]+", table)
