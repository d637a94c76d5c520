from __future__ import annotations

import json
import threading

import pytest

from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.migration_files import MigrationFailed, read_functions, read_migrations
from shared.plumbing.postgres.owner import connected as connected_as_operators_are
from tests.conftest import connected


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "migrations").mkdir()
    write(
        tmp_path, "migrations/0001_first.sql", "create table crm.first (id integer); insert into crm.first values (1);"
    )
    write(tmp_path, "migrations/0002_second.sql", "create table crm.second (id integer);")
    return tmp_path


def write(folder, name, sql):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sql)


def test_migrations_are_applied_once_and_in_order(empty_url, folder):
    lines: list[str] = []
    with connected(empty_url) as owner:
        assert migrate(owner, folder=folder, log=lines.append) == ["0001_first", "0002_second"]
        assert migrate(owner, folder=folder) == []
        assert owner.run("select name from crm.migrations order by applied_at") == [["0001_first"], ["0002_second"]]
    assert lines == ["applied 0001_first", "applied 0002_second"]


def test_a_file_of_a_lower_number_that_lands_later_is_applied_too(empty_url, folder):
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        write(folder, "migrations/0000_late.sql", "create table crm.late (id integer);")
        assert migrate(owner, folder=folder) == ["0000_late"]


def test_an_edited_file_is_refused_by_name_and_nothing_is_applied(empty_url, folder):
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        write(folder, "migrations/0001_first.sql", "create table crm.first (id bigint);")
        write(folder, "migrations/0003_third.sql", "create table crm.third (id integer);")
        with pytest.raises(MigrationFailed, match=r"0001_first\.sql was edited after"):
            migrate(owner, folder=folder)
        assert owner.run("select to_regclass('crm.third')") == [[None]]


def test_line_ends_of_another_system_are_no_edit(empty_url, folder):
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        path = folder / "migrations" / "0001_first.sql"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert migrate(owner, folder=folder) == []


def test_a_failing_file_leaves_nothing_of_itself_and_says_where(empty_url, folder):
    write(folder, "migrations/0003_third.sql", "create table crm.third (id integer);\nselect nonsense;")
    with connected(empty_url) as owner:
        with pytest.raises(MigrationFailed, match=r'0003_third\.sql failed.*line 2.*"nonsense" does not exist'):
            migrate(owner, folder=folder)
        assert owner.run("select to_regclass('crm.second')::text, to_regclass('crm.third')") == [["crm.second", None]]
        write(folder, "migrations/0003_third.sql", "create table crm.third (id integer);")
        assert migrate(owner, folder=folder) == ["0003_third"]


def test_two_runners_at_once_the_second_waits_and_finds_nothing_to_do(empty_url, folder):
    write(folder, "migrations/0002_second.sql", "create table crm.second (id integer); select pg_sleep(0.3);")
    applied = []
    together = threading.Barrier(2)

    def run():
        with connected(empty_url) as owner:
            owner.run("set statement_timeout = '100ms'")  # of requests; waiting for another runner may take longer
            together.wait()
            applied.append(migrate(owner, folder=folder))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(applied) == [[], ["0001_first", "0002_second"]]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("first.sql", "is not named like"),
        ("0001_again.sql", "share the number 0001"),
        ("01_short.sql", "is not named like"),
    ],
)
def test_names_that_have_no_place_in_the_order_are_refused(folder, name, message):
    write(folder, f"migrations/{name}", "select 1")

    with pytest.raises(MigrationFailed, match=message):
        read_migrations(folder)


def test_the_schema_migrates_from_nothing_as_an_ordinary_owner(empty_url):
    with connected(empty_url) as owner:
        applied = migrate(owner)
        assert applied[:2] == ["0001_users", "0002_contacts"]
        assert owner.run("select rolsuper or rolbypassrls from pg_roles where rolname = 'crm_app'") == [[False]]
        owner.run("set role crm_app")
        assert owner.run("select count(*) from crm.contacts") == [[0]]


def test_a_statement_may_take_longer_than_connecting_may(empty_url, folder, monkeypatch):
    write(folder, "migrations/0003_slow.sql", "select pg_sleep(0.6);")
    monkeypatch.setattr("shared.plumbing.postgres.pool.CONNECT_TIMEOUT_S", 0.2)
    with connected_as_operators_are(empty_url) as owner:
        assert migrate(owner, folder=folder)[-1] == "0003_slow"


def one(value):
    return f"create or replace function crm.one() returns integer language sql return {value};"


def test_functions_are_applied_after_the_numbered_files_and_again_when_their_text_changes(empty_url, folder):
    write(folder, "numbers/functions.sql", one("(select count(*)::integer from crm.second)"))
    with connected(empty_url) as owner:
        assert migrate(owner, folder=folder)[-1] == "numbers/functions.sql"
        assert migrate(owner, folder=folder) == []
        write(folder, "numbers/functions.sql", one(2))
        lines: list[str] = []
        assert migrate(owner, folder=folder, log=lines.append) == ["numbers/functions.sql"]
        assert lines == ["applied numbers/functions.sql"]
        assert owner.run("select crm.one()") == [[2]]


def test_functions_are_applied_again_after_a_numbered_file_which_may_have_dropped_one(empty_url, folder):
    write(folder, "numbers/functions.sql", one(1))
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        write(folder, "migrations/0003_drop.sql", "drop function crm.one();")
        assert migrate(owner, folder=folder) == ["0003_drop"]
        assert owner.run("select crm.one()") == [[1]]


def test_an_area_may_need_functions_of_one_that_comes_later(empty_url, folder):
    two = "create or replace function crm.two() returns integer language sql return crm.one() + 1;"
    write(folder, "a/functions.sql", two)
    write(folder, "b/functions.sql", one(1))
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        assert owner.run("select crm.two()") == [[2]]
        write(folder, "a/functions.sql", two.replace("one", "three"))
        with pytest.raises(MigrationFailed, match=r"shared/a/functions\.sql failed.*crm\.three\(\) does not exist"):
            migrate(owner, folder=folder)


def test_the_functions_of_an_area_may_stand_in_a_folder_one_file_for_each_concern(empty_url, folder):
    write(
        folder,
        "a/functions/counting.sql",
        "create or replace function crm.two() returns integer language sql return crm.one() + 1;",
    )
    write(folder, "a/functions/numbers.sql", one(1))
    with connected(empty_url) as owner:
        assert migrate(owner, folder=folder)[-2:] == ["a/functions/counting.sql", "a/functions/numbers.sql"]
        assert owner.run("select crm.two()") == [[2]]
        write(folder, "a/functions/numbers.sql", one(2))
        assert migrate(owner, folder=folder) == ["a/functions/numbers.sql"]
        assert owner.run("select crm.two()") == [[3]]


def test_a_file_that_becomes_a_folder_leaves_the_functions_as_they_are(empty_url, folder):
    write(folder, "a/functions.sql", one(1))
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        (folder / "a" / "functions.sql").unlink()
        write(folder, "a/functions/numbers.sql", one(1))
        assert migrate(owner, folder=folder) == ["a/functions/numbers.sql"]
        assert owner.run("select name from crm.function_files") == [["a/functions/numbers.sql"]]
        assert owner.run("select crm.one()") == [[1]]


def test_an_area_has_a_file_or_a_folder_of_functions_and_not_both(empty_url, folder):
    write(folder, "a/functions.sql", one(1))
    write(folder, "a/functions/numbers.sql", one(2))
    with (
        connected(empty_url) as owner,
        pytest.raises(MigrationFailed, match=r"shared/a has functions\.sql and functions/numbers\.sql"),
    ):
        migrate(owner, folder=folder)


def test_of_functions_all_are_applied_or_none(empty_url, folder):
    write(folder, "a/functions.sql", one(1))
    write(folder, "b/functions.sql", one(1).replace("one", "two"))
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        write(folder, "a/functions.sql", one(5))
        write(folder, "b/functions.sql", one(5).replace("one", "two") + "\nselect nonsense;")
        with pytest.raises(MigrationFailed, match=r'shared/b/functions\.sql failed.*line 2.*"nonsense" does not exist'):
            migrate(owner, folder=folder)
        assert owner.run("select crm.one(), crm.two()") == [[1, 1]]
        write(folder, "b/functions.sql", one(5).replace("one", "two"))
        assert migrate(owner, folder=folder) == ["a/functions.sql", "b/functions.sql"]


def test_a_function_is_closed_to_everybody_but_those_its_file_opens_it_to(empty_url, folder):
    write(
        folder,
        "a/functions.sql",
        one(1) + one(1).replace("one", "two") + "grant execute on function crm.two to pg_monitor;",
    )
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        assert owner.run(
            "select has_function_privilege('pg_monitor', 'crm.one()', 'execute'), has_function_privilege('pg_monitor', 'crm.two()', 'execute')"
        ) == [[False, True]]


def test_a_file_of_functions_that_is_gone_is_forgotten_and_what_it_made_stays(empty_url, folder):
    write(folder, "a/functions.sql", one(1))
    write(folder, "b/functions.sql", one(1).replace("one", "two"))
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        (folder / "b" / "functions.sql").unlink()
        assert migrate(owner, folder=folder) == []
        assert owner.run("select name from crm.function_files") == [["a/functions.sql"]]
        assert owner.run("select crm.two()") == [[1]]


def test_triggers_are_attached_again_only_when_their_file_changes(empty_url, folder):
    note = "create or replace function crm.note() returns trigger language plpgsql as $$ begin return null; end $$;"
    attach = "create or replace trigger note after insert on crm.first for each row execute function crm.note();"
    write(folder, "a/functions.sql", note)
    write(folder, "a/triggers.sql", attach)
    with connected(empty_url) as owner, connected(empty_url) as writer:
        assert migrate(owner, folder=folder)[-2:] == ["a/functions.sql", "a/triggers.sql"]
        write(folder, "a/functions.sql", note + one(1))
        writer.run("begin")
        writer.run("insert into crm.first values (2)")  # attaching would wait for this
        assert migrate(owner, folder=folder) == ["a/functions.sql"]
        writer.run("commit")
        write(folder, "a/triggers.sql", attach.replace("after insert", "after delete"))
        assert migrate(owner, folder=folder) == ["a/triggers.sql"]
        assert owner.run("select tgtype & 8 = 8 from pg_trigger where tgname = 'note'") == [[True]]


def test_older_code_leaves_the_functions_of_a_newer_database(empty_url, folder):
    write(folder, "a/functions.sql", one(2))
    write(folder, "migrations/0003_third.sql", "create table crm.third (id integer);")
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        write(folder, "a/functions.sql", one(1))
        (folder / "migrations" / "0003_third.sql").unlink()
        assert migrate(owner, folder=folder) == []
        assert owner.run("select crm.one()") == [[2]]


def test_a_text_that_was_replaced_is_known_by_its_checksum(empty_url, folder):
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        old = next(migration.checksum for migration in read_migrations(folder) if migration.name == "0001_first")
        write(folder, "migrations/0001_first.sql", "create table crm.first (id bigint);")
        write(folder, "migrations/superseded.json", json.dumps({"0001_first": [old]}))
        assert migrate(owner, folder=folder) == []
        write(folder, "migrations/superseded.json", json.dumps({"0001_first": ["x"]}))
        with pytest.raises(MigrationFailed, match=r"0001_first\.sql was edited after"):
            migrate(owner, folder=folder)
    assert read_functions(folder) == []
