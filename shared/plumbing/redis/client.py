"""A Redis connection for the request path: hiredis parses, a plain socket carries.

redis-py would cost a cold start 0.1 s of imports and each request some 16 microseconds more than this; at one or two
commands a request that is the larger part. Whatever needs more than commands and scripts uses redis-py.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import struct
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import hiredis

from shared.plumbing.telemetry.recording import span

if TYPE_CHECKING:
    from collections.abc import Sequence

# The cache helps or is passed over: a request must not wait for it for long.
TIMEOUT_S = 0.5
# After a failure nobody asks again for this long, so that a dead server costs each request nothing.
PAUSE_AFTER_FAILURE_S = 1.0
_RECEIVE_BYTES = 65536
_DEFAULT_PORT = 6379
# struct timeval, which is what a socket's time-outs are given as.
_TIMEVAL = struct.Struct("@ll")


class RedisUnavailable(Exception):
    """The server cannot be reached, or does not answer in time."""


class Script:
    """A Lua script, sent once and then called by its digest.

    Attributes:
        name: what a trace calls it.
        source: the script.
        digest: its SHA-1, as Redis names it.
    """

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source
        self.digest = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()


class RedisClient:
    """Commands to one server, from any thread; connections are made when needed and kept.

    Args:
        url: `redis://[[user]:password@]host:port/database`, `rediss://` for TLS, `unix:///path/to/socket`.
        ca_file: certificate authority of a `rediss://` server; empty: the system's.
    """

    def __init__(self, url: str, ca_file: str = "") -> None:
        self._parts = urlsplit(url)
        self._idle: list[_Connection] = []
        self._silent_until = 0.0
        self._tls: Any = None
        if self._parts.scheme == "rediss":
            import ssl  # noqa: PLC0415 - 20 ms that a plain connection should not pay

            self._tls = ssl.create_default_context(cafile=ca_file or None)
            # An authority of one's own vouches for that one server. Memorystore's certificate names its address as common name
            # only, which Python rightly does not take for an identity.
            self._tls.check_hostname = not ca_file
        elif self._parts.scheme not in {"redis", "unix"}:
            raise ValueError(f'a Redis URL begins with redis://, rediss:// or unix://, not "{self._parts.scheme}://"')

    def command(self, *words: str | bytes | float) -> Any:
        """Run one command.

        Raises:
            RedisUnavailable: no answer.
            hiredis.ReplyError: the server refuses the command.
        """
        return self.commands([words])[0]

    def commands(self, batch: Sequence[tuple[str | bytes | float, ...]], name: str = "") -> list[Any]:
        """Run several commands in one round trip; a refusal stands among the answers as a `ReplyError`.

        A single refused command raises.

        Args:
            batch: the commands.
            name: what a trace calls them; the first one's own unless given.
        """
        if time.monotonic() < self._silent_until:
            raise RedisUnavailable
        packed = _packed(batch)
        try:
            with span("cache", name or str(batch[0][0])):
                answers = self._exchange(packed, len(batch))
        except OSError as error:
            self._silent_until = time.monotonic() + PAUSE_AFTER_FAILURE_S
            raise RedisUnavailable from error
        if len(answers) == 1 and isinstance(answers[0], hiredis.ReplyError):
            raise answers[0]
        return answers

    def run(self, script: Script, keys: Sequence[str], arguments: Sequence[str | bytes | float]) -> Any:
        """Run a script with its keys and arguments."""
        try:
            return self.commands([("EVALSHA", script.digest, len(keys), *keys, *arguments)], script.name)[0]
        except hiredis.ReplyError as error:
            if not str(error).startswith("NOSCRIPT"):
                raise
            return self.commands([("EVAL", script.source, len(keys), *keys, *arguments)], script.name)[0]

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            with contextlib.suppress(IndexError):
                self._idle.pop().close()

    def _exchange(self, packed: bytes, count: int) -> list[Any]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        else:
            try:
                answers = connection.exchange(packed, count)
            except TimeoutError:
                connection.close()
                raise
            except OSError:
                # A restarted server has closed what lay idle: once more, on a new connection.
                connection.close()
                self.close()
                connection = self._connect()
            else:
                self._idle.append(connection)
                return answers
        try:
            answers = connection.exchange(packed, count)
        except OSError:
            connection.close()
            raise
        self._idle.append(connection)
        return answers

    def _connect(self) -> _Connection:
        parts = self._parts
        if parts.scheme == "unix":
            connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connected.settimeout(TIMEOUT_S)
            connected.connect(unquote(parts.path))
        else:
            host = parts.hostname or "localhost"
            connected = socket.create_connection((host, parts.port or _DEFAULT_PORT), TIMEOUT_S)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is not None:
                connected = self._tls.wrap_socket(connected, server_hostname=host)
        if self._tls is None:
            _let_kernel_time(connected)
        connection = _Connection(connected)
        greetings: list[tuple[str, ...]] = []
        if parts.password:
            user = (unquote(parts.username),) if parts.username else ()
            greetings.append(("AUTH", *user, unquote(parts.password)))
        database = parts.path.strip("/")
        if parts.scheme != "unix" and database not in {"", "0"}:
            greetings.append(("SELECT", database))
        if greetings:
            for answer in connection.exchange(_packed(greetings), len(greetings)):
                if isinstance(answer, hiredis.ReplyError):
                    raise OSError(f"Redis refuses the connection: {answer}")
        return connection


class _Connection:
    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._reader = hiredis.Reader()

    def exchange(self, packed: bytes, count: int) -> list[Any]:
        """Send packed commands and read as many answers.

        Raises:
            TimeoutError: they do not come in time.
            OSError: the connection is broken.
        """
        try:
            self._socket.sendall(packed)
            answers: list[Any] = []
            while len(answers) < count:
                received = self._socket.recv(_RECEIVE_BYTES)
                if not received:
                    raise ConnectionResetError("Redis closed the connection")
                self._reader.feed(received)
                while (answer := self._reader.gets()) is not False:
                    answers.append(answer)
        except BlockingIOError as error:
            raise TimeoutError from error
        return answers

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()


def _let_kernel_time(connected: socket.socket) -> None:
    """Have the kernel keep the time-outs.

    Python asks it before each call whether that would wait, and lets go of the interpreter for the question as well: with
    several requests at once another thread takes it, and a request is put aside twice as often. TLS would wait for ever.
    """
    for limit in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connected.setsockopt(socket.SOL_SOCKET, limit, _TIMEVAL.pack(0, int(TIMEOUT_S * 1_000_000)))
    connected.settimeout(None)


def _packed(batch: Sequence[tuple[str | bytes | float, ...]]) -> bytes:
    return b"".join([hiredis.pack_command(words) for words in batch])  # type: ignore[arg-type]
