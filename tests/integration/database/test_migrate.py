from __future__ import annotations

import threading

import pytest

from shared.plumbing.postgres.migrate import MigrationFailed, migrate, read_migrations
from shared.plumbing.postgres.owner import connected as connected_as_operators_are
from tests.conftest import connected


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "0001_first.sql").write_text("create table crm.first (id integer); insert into crm.first values (1);")
    (tmp_path / "0002_second.sql").write_text("create table crm.second (id integer);")
    return tmp_path


def test_migrations_are_applied_once_and_in_order(empty_url, folder):
    lines = []
    with connected(empty_url) as owner:
        assert migrate(owner, folder=folder, log=lines.append) == ["0001_first", "0002_second"]
        assert migrate(owner, folder=folder) == []
        assert owner.run("select name from crm.migrations order by applied_at") == [["0001_first"], ["0002_second"]]
    assert lines == ["applied 0001_first", "applied 0002_second"]


def test_a_file_of_a_lower_number_that_lands_later_is_applied_too(empty_url, folder):
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        (folder / "0000_late.sql").write_text("create table crm.late (id integer);")
        assert migrate(owner, folder=folder) == ["0000_late"]


def test_an_edited_file_is_refused_by_name_and_nothing_is_applied(empty_url, folder):
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        (folder / "0001_first.sql").write_text("create table crm.first (id bigint);")
        (folder / "0003_third.sql").write_text("create table crm.third (id integer);")
        with pytest.raises(MigrationFailed, match=r"0001_first\.sql was edited after"):
            migrate(owner, folder=folder)
        assert owner.run("select to_regclass('crm.third')") == [[None]]


def test_line_ends_of_another_system_are_no_edit(empty_url, folder):
    with connected(empty_url) as owner:
        migrate(owner, folder=folder)
        path = folder / "0001_first.sql"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert migrate(owner, folder=folder) == []


def test_a_failing_file_leaves_nothing_of_itself_and_says_where(empty_url, folder):
    (folder / "0003_third.sql").write_text("create table crm.third (id integer);\nselect nonsense;")
    with connected(empty_url) as owner:
        with pytest.raises(MigrationFailed, match=r'0003_third\.sql failed.*line 2.*"nonsense" does not exist'):
            migrate(owner, folder=folder)
        assert owner.run("select to_regclass('crm.second')::text, to_regclass('crm.third')") == [["crm.second", None]]
        (folder / "0003_third.sql").write_text("create table crm.third (id integer);")
        assert migrate(owner, folder=folder) == ["0003_third"]


def test_two_runners_at_once_the_second_waits_and_finds_nothing_to_do(empty_url, folder):
    (folder / "0002_second.sql").write_text("create table crm.second (id integer); select pg_sleep(0.3);")
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
    (folder / name).write_text("select 1")

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
    (folder / "0003_slow.sql").write_text("select pg_sleep(0.6);")
    monkeypatch.setattr("shared.plumbing.postgres.pool.CONNECT_TIMEOUT_S", 0.2)
    with connected_as_operators_are(empty_url) as owner:
        assert migrate(owner, folder=folder)[-1] == "0003_slow"
