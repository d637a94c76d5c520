"""What a container does that is told to migrate: compose's first step, and the job in the cloud."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from dev.processes import free_port
from selfhost import migration
from shared.plumbing.postgres.migration_files import read_functions, read_migrations
from shared.plumbing.postgres.owner import connected

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[3]


def container_migrates(url: str | None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the container's command in a process of its own."""
    whole = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | environment
    return subprocess.run(
        [sys.executable, "-m", "selfhost.container", "migrate"],
        cwd=PROJECT,
        env=whole | ({"DATABASE_URL": url} if url else {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def empty_database(owner_url: str) -> Iterator[str]:
    """A database with nothing in it."""
    name = f"empty_{uuid.uuid4().hex[:8]}"
    with connected(os.environ["TEST_DATABASE_URL"]) as admin:
        admin.run(f"create database {name}")
        yield urlsplit(owner_url)._replace(path=f"/{name}").geturl()
        admin.run(f"drop database {name} with (force)")


@pytest.fixture
def function_user(owner_url: str) -> Iterator[str]:
    """A database user named as Cloud SQL names a service account."""
    name = f"fn-get-user-{uuid.uuid4().hex[:6]}@acme-crm.iam"
    with connected(owner_url) as owner:
        owner.run(f'create role "{name}" login')
        yield name
        owner.run(f'drop role "{name}"')


def test_an_empty_database_is_brought_up_to_date_and_functions_are_let_in_once(
    empty_database: str, function_user: str
) -> None:
    first = container_migrates(empty_database, DATABASE_APP_USERS=function_user)
    assert first.returncode == 0, first.stderr
    every = [file.name for file in (*read_migrations(), *read_functions())]
    assert first.stdout.splitlines() == [
        *(f"applied {name}" for name in every),
        f"{len(every)} files applied, 1 users granted access",
    ]
    second = container_migrates(empty_database, DATABASE_APP_USERS=function_user)
    assert second.stdout == "0 files applied, 0 users granted access\n"
    with connected(empty_database) as owner:
        assert owner.run("select count(*) from crm.users") == [[0]]


def test_where_functions_have_no_users_of_their_own_nobody_is_let_in(owner_url: str) -> None:
    done = container_migrates(owner_url)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "0 files applied\n"


def test_a_user_that_is_not_there_is_named_and_fails_the_job(owner_url: str) -> None:
    done = container_migrates(owner_url, DATABASE_APP_USERS="fn-nobody@acme-crm.iam")
    assert done.returncode == 1
    assert "migrate: crm_app could not be granted to fn-nobody@acme-crm.iam" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_network_that_comes_late_is_waited_for(owner_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    there = urlsplit(owner_url)
    port = free_port()

    def come_late() -> None:
        time.sleep(0.5)
        with socket.create_server(("127.0.0.1", port)) as listening:
            listening.settimeout(20)
            near, _ = listening.accept()
        with near, socket.create_connection((there.hostname, there.port)) as far:
            back = threading.Thread(target=carry, args=(far, near), daemon=True)
            back.start()
            carry(near, far)
            back.join()

    threading.Thread(target=come_late, daemon=True).start()
    late = there._replace(netloc=f"{there.netloc.rpartition(':')[0]}:{port}").geturl()
    migration.migrate({"DATABASE_URL": late})
    said = capsys.readouterr().out
    assert said.startswith("waiting for the database\n")
    assert said.endswith("0 files applied\n")


def carry(one: socket.socket, other: socket.socket) -> None:
    """Passes bytes on until there are no more, and says so; who opened the sockets closes them, once both directions have ended."""
    with contextlib.suppress(OSError):  # the other end has hung up
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


def test_who_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "REACHED_WITHIN_S", 0.1)
    monkeypatch.setattr(migration, "BETWEEN_TRIES_S", 0.1)
    with pytest.raises(SystemExit, match="migrate: the database of DATABASE_URL cannot be reached"):
        migration.migrate({"DATABASE_URL": f"postgresql://owner:x@127.0.0.1:{free_port()}/warmpath"})


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (None, "migrate: DATABASE_URL is not set"),
        ("mysql://x", 'cannot be reached: a database URL begins with postgresql://, not "mysql://"'),
    ],
)
def test_what_waiting_cannot_mend_is_told_at_once(url: str | None, said: str) -> None:
    began = time.monotonic()
    done = container_migrates(url)
    assert done.returncode == 1
    assert said in done.stderr
    assert time.monotonic() - began < 60


def test_a_database_that_is_not_there_is_told_at_once(owner_url: str) -> None:
    done = container_migrates(urlsplit(owner_url)._replace(path="/nowhere").geturl())
    assert done.returncode == 1
    assert (
        'migrate: the database of DATABASE_URL refuses the connection: database "nowhere" does not exist' in done.stderr
    )
