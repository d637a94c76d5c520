"""A backup brings everything back, at one moment, into any Postgres; or says why it does not and changes nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from dev.processes import StackError, data_folder
from dev.servers import servers
from operate.backup.archive import BadBackup, Reader, reading, writing
from operate.backup.everything import restore_everything, save_everything
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.migration_files import read_functions, read_migrations
from tests.conftest import connected
from tests.integration.dev.conftest import RENEWED, contents
from tests.integration.dev.test_stack import PROJECT, Stack
from tests.releases import RELEASES, bring

# Their rows are hashes by a key that a migration makes by chance.
KEYED = {"hash_keys", "letter_counts", "starting_credits"}
POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")


def save(url, path):
    with writing(path) as writer:
        save_everything(url, writer, None)
    return path


def restore(url, path, **options):
    with reading(path) as reader:
        return restore_everything(url, reader, **options)


def run_backup(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "operate.backup", *arguments],
        cwd=PROJECT, env={**os.environ, "DATABASE_URL": "", "REDIS_URL": "", **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def people(url, count, at="0001"):
    """A user with contacts, on a schema of up to so many migrations."""
    with connected(url) as owner:
        uid = owner.run(
            "select user_id from crm.sign_in('issuer', :at, :email, 'Uma')", at=at, email=f"{at}@example.com"
        )
        owner.run(
            "insert into crm.contacts (user_id, name, email) select :uid::uuid, 'Person ' || n, 'p' || n || '@example.com' "
            "from generate_series(1, :count::int) n", uid=uid[0][0], count=count,
        )  # fmt: skip
    return uid[0][0]


@pytest.fixture
def small(migrated_url, tmp_path):
    """A backup of one user with three contacts, and the database it is of."""
    people(migrated_url, 3)
    return save(migrated_url, tmp_path / "small.backup")


def test_every_table_comes_back_row_by_row_and_so_do_the_sequences(life, owner_url, empty_url, tmp_path):
    saved = save(owner_url, tmp_path / "a")
    assert restore(empty_url, saved) == []

    there, here = contents(owner_url), contents(empty_url)
    assert here.keys() == there.keys()
    for name, rows in there.items():
        assert here[name] == rows, name
    again = save(empty_url, tmp_path / "b")
    with reading(saved) as first, reading(again) as second:
        kept = [[table for table in backup.manifest.tables if table.name not in RENEWED] for backup in (first, second)]
        assert kept[0] == kept[1]


def test_what_is_restored_is_guarded_and_triggers_work_again(small, empty_url):
    restore(empty_url, small)
    with connected(empty_url) as owner:
        with pytest.raises(Exception, match="append-only"):
            owner.run("delete from crm.credit_ledger")
        owner.run("insert into crm.users (issuer, subject, credit_balance) values ('i', 'new', 7)")
        assert owner.run(
            "select l.credits from crm.credit_ledger l join crm.users u on u.id = user_id where subject = 'new'"
        ) == [[7]]
        owner.run("set role crm_app")
        assert owner.run("select count(*) from crm.contacts") == [[0]]


def test_the_file_is_readable_by_its_owner_alone_and_complete_or_not_there(small, tmp_path):
    assert stat.S_IMODE(small.stat().st_mode) == 0o600
    with pytest.raises(StackError, match="exists already"), writing(small):
        pass
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "broken") as writer:
        writer.file("x", b"y")
        1 / 0  # noqa: B018
    assert [path.name for path in tmp_path.iterdir()] == ["small.backup"]


def test_it_shows_one_moment_while_others_write(migrated_url, tmp_path):
    people(migrated_url, 20_000)
    done = threading.Event()
    pairs: list[Any] = []

    def write():
        with connected(migrated_url) as owner:
            while not done.is_set():
                number = len(pairs)
                owner.run("begin")
                owner.run("insert into crm.users (issuer, subject) values ('pair', :n)", n=f"{number}")
                owner.run(
                    "insert into crm.contacts (user_id, name) select id, 'One' from crm.users where subject = :n",
                    n=f"{number}",
                )
                owner.run("commit")
                pairs.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    while len(pairs) < 5:
        time.sleep(0.01)
    before = len(pairs)
    saved = save(migrated_url, tmp_path / "busy")
    during = len(pairs) - before
    done.set()
    writer.join()

    restore(migrated_url, saved, replace=True)
    with connected(migrated_url) as owner:
        ((users, with_contact, ledger, balance),) = owner.run(
            "select count(*), count(*) filter (where exists (select from crm.contacts c where c.user_id = u.id)), "
            "sum((select sum(credits) from crm.credit_ledger l where l.user_id = u.id)), sum(credit_balance) from crm.users u"
        )
    assert during > 0
    assert before <= users - 1 <= len(pairs)
    assert users == with_contact
    assert ledger == balance


def test_any_changed_byte_and_any_missing_end_is_refused(small, migrated_url):
    content = small.read_bytes()
    draw = random.Random(8)
    places = [0, len(content) - 1, *(draw.randrange(len(content)) for _ in range(100))]
    damaged = [
        content[:place] + bytes([content[place] ^ 1 << draw.randrange(8)]) + content[place + 1 :] for place in places
    ]
    cut = [content[:size] for size in (0, 1, 63, 64, 1000, len(content) - 65, len(content) - 1)]
    for number, wrong in enumerate([*damaged, *cut, content + b"\0", b"x" * 5000]):
        small.write_bytes(wrong)
        with pytest.raises(BadBackup, match="is not a backup, or was truncated or changed"), reading(small):
            pytest.fail(f"case {number} was believed")


def test_a_damaged_file_is_one_sentence_and_nothing_is_changed(small, migrated_url):
    before = contents(migrated_url)
    small.write_bytes(small.read_bytes()[:-1000])
    answer = run_backup("restore", "--replace", str(small), DATABASE_URL=migrated_url)
    assert answer.returncode == 1
    assert (
        answer.stderr
        == f"warmpath: {small} is not a backup, or was truncated or changed: its checksum does not match\n"
    )
    assert contents(migrated_url) == before


def test_a_database_with_users_is_left_alone_unless_told(small, migrated_url):
    people(migrated_url, 1, at="0002")
    before = contents(migrated_url)
    answer = run_backup("restore", str(small), DATABASE_URL=migrated_url)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "this database has 2 users: restore into an empty one, or delete them with --replace" in answer.stderr
    assert contents(migrated_url) == before

    assert run_backup("restore", "--replace", str(small), DATABASE_URL=migrated_url).returncode == 0
    assert len(contents(migrated_url)["users"]) == 1


def test_a_backup_of_a_later_schema_is_refused(small, migrated_url, tmp_path):
    with connected(migrated_url) as owner:
        owner.run("insert into crm.migrations (name, checksum) values ('9999_future', 'x')")
    later = save(migrated_url, tmp_path / "later")
    before = contents(migrated_url)
    with pytest.raises(
        BadBackup, match=r"a later version of Warmpath made this backup \(its schema has 9999_future\): update"
    ):
        restore(migrated_url, later, replace=True)
    assert contents(migrated_url) == before


def test_a_backup_whose_migration_was_edited_since_is_refused(small, migrated_url, tmp_path):
    with connected(migrated_url) as owner:
        owner.run("update crm.migrations set checksum = 'x' where name = '0002_contacts'")
    with pytest.raises(BadBackup, match=r"0002_contacts\.sql is not what it was"):
        restore(migrated_url, save(migrated_url, tmp_path / "edited"), replace=True)


@pytest.mark.parametrize(
    "release",
    [pytest.param(path, id=path.name, marks=[pytest.mark.slow] if path != RELEASES[0] else []) for path in RELEASES],
)
def test_a_backup_of_an_earlier_release_comes_back_as_that_database_upgraded(release, empty_url, tmp_path):
    bring(empty_url, release)
    saved = save(empty_url, tmp_path / "old")
    with connected(empty_url) as owner:
        applied = migrate(owner)
    upgraded = contents(empty_url)

    missing = restore(empty_url, saved, replace=True)

    assert missing == [name for name in applied if name[0].isdigit()]
    restored = contents(empty_url)
    assert restored.keys() == upgraded.keys()
    for name in restored.keys() - {"migrations", "function_files"} - KEYED:  # the first two say when
        assert restored[name] == upgraded[name], name
    for name in KEYED:
        assert len(restored[name]) == len(upgraded[name]), name
    assert len(restored["migrations"]) == len(read_migrations())
    assert len(restored["function_files"]) == len(read_functions())


def test_a_restore_that_fails_half_way_leaves_what_was_there(small, migrated_url, monkeypatch):
    before = contents(migrated_url)
    rows = Reader.rows

    def broken(self, table):
        if table.name == "contacts":
            raise OSError("the disk is gone")
        return rows(self, table)

    monkeypatch.setattr(Reader, "rows", broken)
    with pytest.raises(OSError, match="the disk is gone"):
        restore(migrated_url, small, replace=True)
    assert contents(migrated_url) == before


def test_a_restore_that_is_killed_half_way_leaves_what_was_there(migrated_url, tmp_path):
    people(migrated_url, 30_000)
    large = save(migrated_url, tmp_path / "large")
    with connected(migrated_url) as owner:
        owner.run("delete from crm.users")
    people(migrated_url, 2, at="0002")
    before = contents(migrated_url)

    process = subprocess.Popen(
        [sys.executable, "-m", "operate.backup", "restore", "--replace", large],
        cwd=PROJECT, env={**os.environ, "DATABASE_URL": migrated_url}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with connected(migrated_url) as watcher:
        copying = "select count(*) from pg_stat_activity where datname = current_database() and query like 'copy crm.contacts%'"
        while watcher.run(copying) == [[0]]:
            assert process.poll() is None, "it was over before it could be killed"
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
    assert contents(migrated_url) == before


@pytest.mark.slow
@pytest.mark.skipif(not (POSTGRES_15 / "initdb").exists(), reason="apt-get install postgresql-15")
def test_a_backup_goes_from_one_postgres_to_another_and_back(life, owner_url, empty_url, tmp_path):
    folder = tmp_path / "fifteen"
    with data_folder(folder), servers(folder, redis=False, throwaway=True, binaries=POSTGRES_15) as running:
        assert running.postgres is not None
        other = running.postgres.url()
        restore(other, save(owner_url, tmp_path / "there"))
        assert contents(other) == contents(owner_url)
        restore(empty_url, save(other, tmp_path / "back"))
    assert contents(empty_url) == contents(owner_url)


@pytest.mark.slow
@pytest.mark.skipif(not (POSTGRES_15 / "initdb").exists(), reason="apt-get install postgresql-15")
def test_a_data_folder_of_an_older_postgres_goes_on_in_a_newer_one(tmp_path):
    old, saved = tmp_path / "old", tmp_path / "all.backup"
    with data_folder(old), servers(old, redis=False, throwaway=True, binaries=POSTGRES_15) as running:
        assert running.postgres is not None
        with connected(running.postgres.url()) as owner:
            migrate(owner)
        people(running.postgres.url(), 3)

    refused = run_backup("save", str(saved), DATA_DIR=str(old))
    assert refused.returncode == 1
    assert "was made by Postgres 15, and this is 18. Save it with that one" in refused.stderr
    assert run_backup("save", str(saved), DATA_DIR=str(old), POSTGRES_BIN=str(POSTGRES_15)).returncode == 0
    assert "and applied 0 newer migrations" in run_backup("restore", str(saved), DATA_DIR=str(tmp_path / "new")).stdout


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_local_stack_is_saved_while_it_runs_and_goes_on_elsewhere(tmp_path):
    saved = str(tmp_path / "all.backup")
    before = Stack(tmp_path / "one", SEED="none", SMTP_URL="").wait_until_ready()
    try:
        token = before.signed_in(email="ana@example.com", name="Ana Silva") | {"Content-Type": "application/json"}
        invited = json.dumps({"emails": ["bo@example.com"]}).encode()
        assert before.call("POST", "/api/crm/viral/invitations", invited, token)[0] == 201
        deadline = time.monotonic() + 30
        while not (mails := before.call("GET", "/dev/mailbox?to=bo@example.com")[1]["items"]):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert run_backup("save", saved, DATA_DIR=str(before.folder)).returncode == 0
        running = run_backup("restore", "--replace", saved, DATA_DIR=str(before.folder))
        assert "is in use by another run" in running.stderr
        user = before.call("GET", "/api/crm/users/me", headers=token)[1]
    finally:
        before.stop()

    assert run_backup("restore", saved, DATA_DIR=str(tmp_path / "two")).returncode == 0
    after = Stack(tmp_path / "two", SEED="none", SMTP_URL="").wait_until_ready()
    try:
        # the token is of the other stack's key
        assert after.call("GET", "/api/crm/users/me", headers=token)[:2] == (200, user)
        assert after.call("GET", "/dev/mailbox?to=bo@example.com")[1]["items"] == mails
    finally:
        after.stop()
