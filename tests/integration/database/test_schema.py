"""shared/schema.sql, which says of a database all but what its functions do and what its rows are."""

from __future__ import annotations

import pytest

from dev.schema.dump import PATH, dump
from shared.plumbing.postgres.migrate import migrate
from tests.conftest import connected


def test_the_written_schema_is_that_of_a_new_database_on_every_postgres(owner_url):
    with connected(owner_url) as owner:
        assert dump(owner) == PATH.read_text(encoding="utf-8"), "run `make types`"


@pytest.mark.parametrize(
    "change",
    [
        "create table crm.extra (id integer)",
        "alter table crm.users add column extra integer",
        "alter table crm.users alter column name drop not null",
        "alter table crm.users drop constraint users_identity",
        "alter table crm.users disable row level security",
        "alter table crm.contacts_p03 disable row level security",
        "alter table crm.outbox reset (autovacuum_vacuum_scale_factor)",
        "alter policy own_user on crm.users using (true)",
        "alter table crm.users disable trigger keep_member",
        "drop trigger keep_member on crm.users",
        "drop index crm.contacts_by_name",
        "alter sequence crm.contact_no no cycle",
        "create or replace view crm.contacts_json with (security_invoker = true) as select *, 1 as extra from crm.contacts_json",
        "alter function crm.find_paths rename to find_ways",
        "alter function crm.sign_in security invoker",
        "alter function crm.search_contacts reset search_path",
        "grant execute on function crm.note_activity to crm_app",
        "grant execute on function crm.sign_in to public",
        "revoke update (email) on crm.users from crm_app",
        "grant create on schema crm to crm_app",
        "drop extension pg_trgm",
    ],
)
def test_whatever_differs_is_seen(owner_url, change):
    with connected(owner_url) as owner:
        owner.run("begin")
        owner.run(change)
        assert dump(owner) != PATH.read_text(encoding="utf-8")
        owner.run("rollback")


def test_a_schema_is_written_the_same_a_second_time(empty_url):
    with connected(empty_url) as owner:
        migrate(owner)
        assert dump(owner) == dump(owner)
