"""A bounded pool of database connections, and the ways to reach a server."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import pg8000.core
from pg8000.exceptions import DatabaseError, InterfaceError

from shared.errors import Unavailable
from shared.plumbing.postgres.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable

CONNECT_TIMEOUT_S = 5
# How long a thread waits for another one to give a connection back.
WAIT_TIMEOUT_S = 5
_LOOPBACK = frozenset({"", "localhost", "127.0.0.1", "::1"})


class Pool:
    """At most `size` connections, opened when needed; the latest used is taken first.

    The limit protects the server, whose connections every instance of every function shares.
    """

    def __init__(self, connect: Callable[[], pg8000.core.CoreConnection], size: int) -> None:
        self._connect = connect
        self._free = threading.BoundedSemaphore(size)
        self._idle: list[Connection] = []

    def take(self) -> Connection:
        """Take a connection for one thread, until it is given back.

        Raises:
            Unavailable: all connections are in use, or the server cannot be reached.
        """
        if not self._free.acquire(timeout=WAIT_TIMEOUT_S):
            raise Unavailable("every database connection is busy; try again", retry_after_s=2)
        try:
            return self._idle.pop()
        except IndexError:
            pass
        try:
            return Connection(self._connect())
        except (InterfaceError, OSError) as error:
            self._free.release()
            raise Unavailable("the database is not reachable; try again", retry_after_s=2) from error
        except DatabaseError as error:
            self._free.release()
            fields: dict[str, Any] = error.args[0] if isinstance(error.args[0], dict) else {}
            if fields.get("C", "").startswith(("57P", "53", "08")):
                raise Unavailable("the database is starting or full; try again", retry_after_s=2) from error
            raise
        except BaseException:
            self._free.release()
            raise

    def give_back(self, connection: Connection) -> None:
        """Give a connection back; one that is not usable any more is dropped."""
        if connection.usable:
            self._idle.append(connection)
        self._free.release()

    def drop_idle(self) -> None:
        """Close the idle connections."""
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:
                return
            connection.close()


def remove_socket_timeout(raw: pg8000.core.CoreConnection) -> None:
    """Remove the time-out of the socket, which pg8000 keeps from connecting: a migration may take minutes."""
    raw._usock.settimeout(None)  # noqa: SLF001 - pg8000 has no public setting


def connect_to_url(url: str) -> Callable[[], pg8000.core.CoreConnection]:
    """Return a function that opens connections to a `postgresql://` URL.

    Raises:
        ValueError: as `url_arguments`.
    """
    arguments = url_arguments(url)
    return lambda: pg8000.core.CoreConnection(**arguments)


def url_arguments(url: str) -> dict[str, Any]:
    """Translate a URL into pg8000's arguments.

    Args:
        url: `postgresql://user:password@host:port/name`, with `?host=/folder` for a Unix socket and `?sslmode=`.

    Raises:
        ValueError: the URL has another scheme, or `sslmode` is unknown.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f'a database URL begins with postgresql://, not "{parts.scheme}://"')
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host, port = parts.hostname or "", parts.port or 5432
    folder = options.get("host", "")
    arguments: dict[str, Any] = {
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password) if parts.password else None,
        "database": unquote(parts.path.lstrip("/")) or None,
        "timeout": CONNECT_TIMEOUT_S,
        "application_name": "warmpath",
    }
    if folder.startswith("/"):
        arguments |= {"unix_sock": f"{folder}/.s.PGSQL.{port}", "ssl_context": False}
    else:
        host = folder or host
        default = "disable" if host in _LOOPBACK else "prefer"
        arguments |= {"host": host or "localhost", "port": port, "ssl_context": _tls(options.get("sslmode", default))}
    return arguments


def _tls(mode: str) -> Any:
    """Translate an `sslmode` into pg8000's `ssl_context`; all connections share one, as making one takes 20 ms."""
    if mode == "disable":
        return False
    if mode == "prefer":
        return None
    if mode not in {"require", "verify-full"}:
        raise ValueError(f'sslmode must be disable, prefer, require or verify-full, not "{mode}"')
    import ssl  # noqa: PLC0415 - only where a server wants it

    context = ssl.create_default_context()
    if mode == "require":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
