"""What migrations make of data that is there already."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.migration_files import MigrationFailed
from tests.conftest import connected

MIGRATIONS = Path(__file__).parents[3] / "shared" / "migrations"


@pytest.fixture
def before(empty_url, tmp_path):
    """A connection to a database as it was before a migration, without functions."""

    def database_before(name):
        (tmp_path / "migrations").mkdir()
        for path in MIGRATIONS.glob("*.sql"):
            if path.stem < name:
                shutil.copy(path, tmp_path / "migrations")
        owner = opened.enter_context(connected(empty_url))
        migrate(owner, folder=tmp_path)
        return owner

    with ExitStack() as opened:
        yield database_before


def a_user(owner):
    ((user_id,),) = owner.run(
        "insert into crm.users (issuer, subject, email, name) values ('issuer', 'uma', 'uma@example.com', 'Uma') returning id"
    )
    owner.run("insert into crm.contacts (user_id, name, is_self) values (:user_id, 'Uma', true)", user_id=user_id)
    return user_id


def test_addresses_at_hosts_without_a_dot_that_are_there_are_found(before):
    owner = before("0046")
    user_id = a_user(owner)
    owner.run(
        """insert into crm.contacts (user_id, name, email, emails) values
        (:user_id, 'First', 'ana.bell@intranet', '{ana.bell@intranet}'),
        (:user_id, 'Second', 'ana@acme.com', '{ana@acme.com,ana.bell@intranet}')""",
        user_id=user_id,
    )

    migrate(owner)

    owner.run("select set_config('app.user_id', :user_id, false)", user_id=str(user_id))
    assert owner.run("select name_key from crm.search_contacts('@intranet')") == [["first"], ["second"]]


def test_ties_that_imports_took_for_granted_are_told_from_those_set_by_hand(before):
    owner = before("0047")
    user_id = a_user(owner)
    owner.run("select set_config('app.user_id', :user_id, false)", user_id=str(user_id))
    owner.run(
        """insert into crm.contacts (user_id, name, source, custom) values
        (:user_id, 'Made', 'linkedin_csv', '{}'), (:user_id, 'Met', 'linkedin_csv', '{}'),
        (:user_id, 'Joined', 'manual', '{"Connected On": "12 Mar 2024"}'),
        (:user_id, 'Changed', 'linkedin_csv', '{}'), (:user_id, 'One way', 'linkedin_csv', '{}'),
        (:user_id, 'Other', 'google_csv', '{}')""",
        user_id=user_id,
    )
    owner.run(
        """with tie as (
            select m.no as me, c.no, case c.name when 'Changed' then 0.6 else 0.5 end as strength, c.name
            from crm.contacts m, crm.contacts c where m.user_id = :user_id and c.user_id = :user_id and m.is_self and not c.is_self)
        insert into crm.relationships (user_id, from_no, to_no, strength)
        select :user_id, me, no, strength from tie union all select :user_id, no, me, strength from tie where name <> 'One way'""",
        user_id=user_id,
    )
    owner.run(
        """insert into crm.interactions (user_id, contact_no, at, kind, direction)
        select c.user_id, c.no, now() - i.age, i.kind, i.direction
        from crm.contacts c cross join (values (interval '1 day', 'meeting', 'both'), ('9 days', 'call', 'out'), ('200 days', 'email', 'in'),
            ('300 days', 'message', 'out')) i (age, kind, direction)
        where user_id = :user_id and name in ('Met', 'Changed')""",
        user_id=user_id,
    )

    migrate(owner)

    ties = "select from_no, to_no, strength, fades_from_s, imported from crm.relationships order by 1, 2"
    written = owner.run(ties)
    owner.run("select crm.compute_ties(array_agg(no)) from crm.contacts where name = 'Met'")
    assert owner.run(ties) == written  # what the functions say of the same interactions

    found = owner.run(
        """select c.name, array_agg(distinct case when r.imported then 'import' when r.fades_from_s is null then 'hand' else 'interactions' end)
        from crm.relationships r join crm.contacts c on c.user_id = r.user_id and c.no in (r.from_no, r.to_no) and not c.is_self
        where r.user_id = :user_id group by c.name""",
        user_id=user_id,
    )
    assert dict(found) == {
        "Made": ["import"],
        "Met": ["interactions"],
        "Joined": ["import"],
        "Changed": ["hand"],
        "One way": ["hand"],
        "Other": ["hand"],
    }


def test_contacts_get_new_documents_in_batches_and_a_killed_run_goes_on_where_it_stopped(before, tmp_path):
    owner = before("0090")
    user_id = a_user(owner)
    owner.run(
        """insert into crm.contacts (user_id, name, custom, updated_at)
        select :user_id, U&'\\0623\\062D\\0645\\062F ' || n, '{"Nickname": "Jupp"}', '2020-01-01' from generate_series(1, 2100) n""",
        user_id=user_id,
    )
    for path in sorted(MIGRATIONS.glob("009[01]_*.sql")):
        killed = path.read_text().replace("        commit;\n", "        commit;\n        perform 1 / 0;\n")
        (tmp_path / "migrations" / path.name).write_text(killed)
    with pytest.raises(MigrationFailed, match="division by zero"):
        migrate(owner, folder=tmp_path)
    new = "name_key like U&'\\0627%' and tsv @@ (right(user_id::text, 4) || '.jupp')::tsquery and updated_at = '2020-01-01'"
    assert owner.run(f"select count(*) between 1990 and 2000 from crm.contacts where {new}") == [[True]]

    migrate(owner)

    assert owner.run(f"select count(*) from crm.contacts where {new}") == [[2100]]
    owner.run("insert into crm.contacts (user_id, name) values (:user_id, 'Later')", user_id=user_id)
    assert owner.run("select tsv <> '' from crm.contacts where name = 'Later'") == [[True]]
