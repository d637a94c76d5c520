"""A database for a benchmark, the clocks it is measured by, and what is said of many times."""

from __future__ import annotations

import contextlib
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pg8000.native

from dev.processes import data_folder
from dev.servers import servers
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.pool import url_arguments
from shared.plumbing.postgres.sql import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shared.plumbing.postgres.database import Session

    # Milliseconds that count.
    Clock = Callable[[], float]

BACKEND = Query.parse("backend", "value", "select pg_backend_pid()")


@contextlib.contextmanager
def database_url(given: str | None = None) -> Iterator[str]:
    """The given database, or one of a server that lives as long as the run, set up as the local stack's; migrated."""
    with contextlib.ExitStack() as stack:
        if given is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warmpath-bench-")))
            folder.chmod(0o711)
            stack.enter_context(data_folder(folder))
            postgres = stack.enter_context(servers(folder, redis=False)).postgres
            assert postgres is not None
            given = postgres.url()
        ensure(given)
        yield given


def ensure(url: str) -> None:
    """Makes the database where it is missing, and brings it up to date."""
    name = url_arguments(url)["database"]
    server = {**url_arguments(url), "database": "postgres", "timeout": None}
    with contextlib.closing(pg8000.native.Connection(**server)) as connection:
        if not connection.run("select 1 from pg_database where datname = :name", name=name):
            connection.run(f"create database {pg8000.native.identifier(name)}")
    with contextlib.closing(owner_of(url)) as owner:
        migrate(owner)


def owner_of(url: str) -> pg8000.native.Connection:
    """A connection past row-level security, which waits as long as it takes."""
    return pg8000.native.Connection(**url_arguments(url) | {"timeout": None})


def wall_ms() -> float:
    """Time on the clock."""
    return time.perf_counter() * 1000


def own_cpu_ms() -> float:
    """Processor time of this process."""
    return time.process_time() * 1000


def process_cpu_ms(pid: int) -> float:
    """Processor time of a process's first thread: all of a Postgres backend."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def server_cpu_ms(tx: Session) -> Clock:
    """Processor time of the server's process behind a session that keeps its connection, and of this one."""
    pid = int(tx.value(BACKEND))
    return lambda: process_cpu_ms(pid) + own_cpu_ms()


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """Milliseconds within which half and 95 of 100 lie."""
    ranked = sorted(times)
    return {"p50 ms": ranked[len(ranked) // 2], "p95 ms": ranked[min(int(len(ranked) * 0.95), len(ranked) - 1)]}
