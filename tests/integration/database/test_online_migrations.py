"""Numbered files that run outside a transaction, and files that meet a table in use."""

from __future__ import annotations

import threading
import time

import pytest

from shared.plumbing.postgres import scripts
from shared.plumbing.postgres.migrate import LEDGER, apply, migrate
from shared.plumbing.postgres.migration_files import MigrationFailed, read_migrations
from shared.plumbing.postgres.online import statements
from tests.conftest import connected

TABLE = """
create table crm.things (user_id integer, name text) partition by hash (user_id);
create table crm.things_p0 partition of crm.things for values with (modulus 2, remainder 0);
create table crm.things_p1 partition of crm.things for values with (modulus 2, remainder 1);
create table crm.plain (name text);
insert into crm.plain values ('x'), ('x');
insert into crm.things select n, 'n' from generate_series(1, 10) n;
"""
OUTSIDE = "-- outside a transaction\n"
VALID = "select c.relname, i.indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'crm' and c.relname ~ '^(things|plain)_by' order by 1"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001_things.sql").write_text(TABLE)
    return tmp_path


def add(folder, sql, name="0002_indexes"):
    (folder / "migrations" / f"{name}.sql").write_text(sql)


def in_background(url, folder, lines=None):
    """Migrates in a thread; the list gets the error, if any."""
    errors: list[BaseException] = []

    def run():
        try:
            with connected(url) as owner:
                migrate(owner, folder=folder, log=(lines if lines is not None else []).append)
        except BaseException as error:  # noqa: BLE001 - a killed session
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, errors


def wait_until(condition):
    for _ in range(200):
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def builder(watcher):
    """The session that builds an index and waits for an earlier transaction."""
    return watcher.run(
        "select pid from pg_stat_activity where datname = current_database() and query ilike '%index concurrently%' and wait_event_type = 'Lock' and pid <> pg_backend_pid()"
    )


@pytest.mark.parametrize("inside", [False, True], ids=["migration", "restore into a new schema"])
def test_an_index_is_built_on_every_partition_and_is_complete(empty_url, folder, inside):
    add(
        folder,
        OUTSIDE + "create index concurrently if not exists things_by_name on crm.things (user_id, name); -- one; two\n"
        "create unique index concurrently if not exists things_by_user on crm.things (user_id)\n"
        "    where name <> 'a;b';\n"
        "create index concurrently if not exists plain_by_name on crm.plain (name);\n",
    )
    with connected(empty_url) as owner:
        if inside:
            owner.run("begin")
            owner.run(LEDGER)
            for migration in read_migrations(folder):
                apply(owner, migration)
            owner.run("commit")
        assert migrate(owner, folder=folder) == ([] if inside else ["0001_things", "0002_indexes"])
        assert owner.run(VALID) == [
            [name, True]
            for name in ("plain_by_name", "things_by_name", "things_by_name_p0", "things_by_name_p1",
                         "things_by_user", "things_by_user_p0", "things_by_user_p1")
        ]  # fmt: skip
        assert migrate(owner, folder=folder) == []


def test_while_it_builds_others_write_and_a_killed_run_is_followed_by_one_that_completes_it(empty_url, folder):
    with connected(empty_url) as owner, connected(empty_url) as early, connected(empty_url) as writer:
        migrate(owner, folder=folder)
        add(folder, OUTSIDE + "create index concurrently if not exists plain_by_name on crm.plain (name);")
        early.run("begin; insert into crm.plain values ('early')")  # building waits for this
        thread, errors = in_background(empty_url, folder)
        ((pid,),) = wait_until(lambda: builder(owner))
        writer.run("set statement_timeout = '2s'; insert into crm.plain values ('meanwhile')")
        owner.run(f"select pg_terminate_backend({pid})")
        thread.join()
        assert errors
        early.run("commit")
        assert owner.run(VALID) == [["plain_by_name", False]]

        lines: list[str] = []
        assert migrate(owner, folder=folder, log=lines.append) == ["0002_indexes"]
        assert owner.run(VALID) == [["plain_by_name", True]]
        assert lines == ["index plain_by_name is not complete; building it again", "applied 0002_indexes"]


def test_a_runner_that_waits_for_another_does_not_hold_up_its_index(empty_url, folder):
    with connected(empty_url) as owner, connected(empty_url) as early:
        migrate(owner, folder=folder)
        add(folder, OUTSIDE + "create index concurrently if not exists plain_by_name on crm.plain (name);")
        early.run("begin; insert into crm.plain values ('early')")
        lines: list[str] = []
        first, errors = in_background(empty_url, folder, lines)
        wait_until(lambda: builder(owner))
        second, more_errors = in_background(empty_url, folder)
        time.sleep(0.3)
        early.run("commit")
        first.join()
        second.join()
        assert (errors, more_errors, lines) == ([], [], ["applied 0002_indexes"])


def test_what_a_statement_has_done_stays_and_the_error_says_which_one_failed_and_where(empty_url, folder):
    add(folder, OUTSIDE + "update crm.plain set name = 'y';\n/* two\nlines */ select\n nonsense;")
    with connected(empty_url) as owner:
        with pytest.raises(
            MigrationFailed,
            match=r'0002_indexes\.sql failed at statement 2; the next run goes on.*line 5: column "nonsense" does',
        ):
            migrate(owner, folder=folder)
        assert owner.run("select distinct name from crm.plain") == [["y"]]
        add(folder, OUTSIDE + "create unique index concurrently if not exists plain_by_name on crm.plain (name);")
        for _ in range(2):  # two rows are the same: it fails each time for that reason, not for the index that it left
            with pytest.raises(MigrationFailed, match="could not create unique index"):
                migrate(owner, folder=folder)
        owner.run("delete from crm.plain where ctid = (select min(ctid) from crm.plain)")
        assert migrate(owner, folder=folder) == ["0002_indexes"]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("create index concurrently plain_by_name on crm.plain (name);", "cannot be repeated after an interruption"),
        (f"create index concurrently if not exists {'x' * 62} on crm.things (name);", "shorten it"),
    ],
    ids=["not repeatable", "too long for the partitions"],
)
def test_an_index_that_could_not_be_completed_later_is_refused(empty_url, folder, sql, message):
    add(folder, OUTSIDE + sql)
    with connected(empty_url) as owner, pytest.raises(MigrationFailed, match=message):
        migrate(owner, folder=folder)


@pytest.mark.parametrize("first_line", ["", OUTSIDE], ids=["in a transaction", "outside"])
def test_a_table_in_use_is_waited_for_without_stopping_the_requests_behind(empty_url, folder, first_line, monkeypatch):
    monkeypatch.setattr(scripts, "LOCK_PAUSE_S", 0.3)
    for module in ("migrate", "online"):
        monkeypatch.setattr(f"shared.plumbing.postgres.{module}.LOCK_TIMEOUT_MS", 100)
    lines: list[str] = []
    with connected(empty_url) as owner, connected(empty_url) as reader, connected(empty_url) as other:
        migrate(owner, folder=folder)
        add(folder, first_line + "alter table crm.plain add column if not exists more text;")
        reader.run("begin; select from crm.plain")
        thread, errors = in_background(empty_url, folder, lines)
        wait_until(lambda: lines)
        other.run("set statement_timeout = '2s'")
        other.run("select from crm.plain")
        reader.run("commit")
        thread.join()
        assert errors == []
        assert lines[-1] == "applied 0002_indexes"
        assert lines[0] == "0002_indexes.sql waits for another session; next try in 0.3 s"


def test_a_table_that_stays_in_use_ends_the_run_with_the_servers_reason(empty_url, folder, monkeypatch):
    monkeypatch.setattr(scripts, "LOCK_TRIES", 2)
    monkeypatch.setattr(scripts, "LOCK_PAUSE_S", 0)
    monkeypatch.setattr("shared.plumbing.postgres.migrate.LOCK_TIMEOUT_MS", 50)
    with connected(empty_url) as owner, connected(empty_url) as reader:
        migrate(owner, folder=folder)
        add(folder, "alter table crm.plain add column more text;")
        reader.run("begin; select from crm.plain")
        with pytest.raises(MigrationFailed, match=r"0002_indexes\.sql failed and left nothing behind.*lock timeout"):
            migrate(owner, folder=folder)


def test_a_script_is_split_at_semicolons_that_end_a_statement_and_lines_keep_their_numbers():
    script = "-- a;\nselect ';', \"a;b\", E'\\';';\n/* ;\n */ do $$ begin; end $$;\n\nselect $x$;$x$ -- last\n;;"
    assert list(statements(script)) == [
        "\nselect ';', \"a;b\", E'\\';'",
        "\n\n\n do $$ begin; end $$",
        "\n\n\n\n\nselect $x$;$x$ \n",
    ]
