"""A Redis connection for the request path: hiredis parses, a plain socket carries.

redis-py would cost a cold start 0.1 s of imports and each request some 16 microseconds more; at one or two commands a
request that is the larger part of the time. This client has commands and scripts only.
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

# A request must not wait long for the cache: it can do without.
TIMEOUT_S = 0.5
# After a failure no request asks Redis for this long, so that a dead server does not slow each of them.
PAUSE_AFTER_FAILURE_S = 1.0
_RECEIVE_BYTES = 65536
_DEFAULT_PORT = 6379
# struct timeval, the form of a socket's time-outs.
_TIMEVAL = struct.Struct("@ll")


class RedisUnavailable(Exception):
    """The server cannot be reached, or does not answer in time."""


class Script:
    """A Lua script, sent once and then called by its digest.

    Attributes:
        name: name in traces.
        source: text of the script.
        digest: SHA-1 of the text, the name that Redis knows the script by.
    """

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source
        self.digest = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()


class RedisClient:
    """Commands to one server, from any thread; connections are made when needed and kept.

    Attributes:
        spreads: whether keys are spread over servers, so that those of one command need a common hash tag.

    Args:
        url: `redis://[[user]:password@]host:port/database`, `rediss://` for TLS, `unix:///path/to/socket`.
        ca_file: certificate authority of a `rediss://` server; empty: the system's.
    """

    spreads = False

    def __init__(self, url: str, ca_file: str = "") -> None:
        self._parts = urlsplit(url)
        self._idle: list[_Connection] = []
        self._silent_until = 0.0
        self._tls: Any = None
        if self._parts.scheme == "rediss":
            import ssl  # noqa: PLC0415 - 20 ms that a plain connection should not pay

            self._tls = ssl.create_default_context(cafile=ca_file or None)
            # A private authority vouches for its one server. Memorystore's certificate has the address as common name only,
            # which Python does not accept as an identity.
            self._tls.check_hostname = not ca_file
        elif self._parts.scheme not in {"redis", "unix"}:
            raise ValueError(f'a Redis URL begins with redis://, rediss:// or unix://, not "{self._parts.scheme}://"')

    def command(self, *words: str | bytes | float) -> Any:
        """Run one command.

        Raises:
            RedisUnavailable: the server does not answer.
            hiredis.ReplyError: the server refuses the command.
        """
        return self.commands([words])[0]

    def commands(self, batch: Sequence[tuple[str | bytes | float, ...]], name: str = "") -> list[Any]:
        """Run several commands in one round trip; a refused one has a `ReplyError` as its answer.

        A single refused command raises.

        Args:
            batch: the commands.
            name: name in traces; the first command's name unless given.
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

    def on_every_server(self, *words: str) -> None:
        """Run a command on the server; a cluster's client runs it on every shard."""
        self.command(*words)

    def close(self) -> None:
        """Close the idle connections."""
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
                # A restarted server has closed the idle connections: try once more on a new one.
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
        """Send packed commands and read `count` answers.

        Raises:
            TimeoutError: the answers do not come in time.
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
    """Set the time-outs of a socket in the kernel instead of in Python.

    For its own time-outs Python polls the socket before each call, and releases the interpreter lock for the poll, too:
    with several requests at once another thread takes the lock, and a request is interrupted twice as often. Not for TLS
    sockets, which would then wait for ever.
    """
    for limit in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connected.setsockopt(socket.SOL_SOCKET, limit, _TIMEVAL.pack(0, int(TIMEOUT_S * 1_000_000)))
    connected.settimeout(None)


def _packed(batch: Sequence[tuple[str | bytes | float, ...]]) -> bytes:
    return b"".join([hiredis.pack_command(words) for words in batch])  # type: ignore[arg-type]
