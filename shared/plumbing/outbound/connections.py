"""Connections to servers that are not ours, with a time that is one for all: from looking up a name to the last byte.

Time-outs of sockets count from one byte to the next, so a server that sends a byte a second is never too slow for them,
and those of names do not exist. `within` sets the time for what a thread does; every wait of these sockets is for what is
left of it.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# One address of several that does not answer leaves time for the others.
CONNECT_S = 3.0

_until: ContextVar[tuple[float, float] | None] = ContextVar("until", default=None)


@contextlib.contextmanager
def within(seconds: float, each_s: float = float("inf")) -> Iterator[None]:
    """Inside of the block what this thread waits for comes in time, or a TimeoutError does.

    Args:
        seconds: for all of it.
        each_s: for each wait.
    """
    token = _until.set((time.monotonic() + seconds, each_s))
    try:
        yield
    finally:
        _until.reset(token)


def seconds_left() -> float | None:
    """How long the next wait may take; None outside of `within`.

    Raises:
        TimeoutError: the time is over.
    """
    limits = _until.get()
    if limits is None:
        return None
    until, each_s = limits
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return min(left, each_s)


class _Timed(socket.socket):
    """A socket that waits no longer than there is time."""

    def _set_time(self) -> None:
        left = seconds_left()
        if left is not None:
            self.settimeout(left)

    def recv(self, *arguments: Any) -> bytes:
        self._set_time()
        return super().recv(*arguments)

    def recv_into(self, *arguments: Any) -> int:
        self._set_time()
        return super().recv_into(*arguments)

    def send(self, *arguments: Any) -> int:
        self._set_time()
        return super().send(*arguments)

    def sendall(self, *arguments: Any) -> None:
        self._set_time()
        super().sendall(*arguments)


class _TimedTls(ssl.SSLSocket):
    """The same, encrypted."""

    def _set_time(self) -> None:
        left = seconds_left()
        if left is not None:
            self.settimeout(left)

    def read(self, len: int = 1024, buffer: Any = None) -> Any:  # noqa: A002 - ssl's own name
        self._set_time()
        return super().read(len, buffer)

    def send(self, data: Any, flags: int = 0) -> int:
        self._set_time()
        return super().send(data, flags)

    def do_handshake(self, block: bool = False) -> None:
        self._set_time()
        super().do_handshake(block)


def tls() -> ssl.SSLContext:
    """Whom the system trusts, for connections that are encrypted."""
    context = ssl.create_default_context()
    context.sslsocket_class = _TimedTls
    return context


def connect(host: str, port: int, most_s: float = CONNECT_S) -> socket.socket:
    """A connection to the first address of a name that answers.

    Args:
        host: a name or an address.
        port: of TCP.
        most_s: for each address; less where there is less time.

    Raises:
        OSError: none answers, or not in time.
    """
    failed: OSError | None = None
    for family, kind, protocol, _, address in _looked_up(host, port, most_s):
        connected = _Timed(family, kind, protocol)
        try:
            left = seconds_left()
            connected.settimeout(most_s if left is None else min(most_s, left))
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connected.connect(address)
        except OSError as error:
            connected.close()
            failed = error
        else:
            return connected
    raise failed or OSError(f"{host} has no address")


Addresses = list[tuple[Any, Any, int, str, Any]]


class _LookUp:
    """The addresses of a name, asked for once for all that wait for them."""

    def __init__(self, host: str, port: int) -> None:
        self._where = (host, port)
        self._done = threading.Event()
        self._found: Addresses | None = None
        self._failed: OSError | None = None

    def run(self) -> None:
        try:
            self._found = socket.getaddrinfo(*self._where, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            self._failed = error if isinstance(error, OSError) else OSError(str(error))
        finally:
            with _looking_up_lock:
                _looking_up.pop(self._where, None)
            self._done.set()

    def wait(self, seconds: float) -> Addresses:
        if not self._done.wait(seconds):
            raise TimeoutError(f"the address of {self._where[0]} cannot be found in time")
        if self._found is None:
            raise self._failed or OSError(f"{self._where[0]} has no address")
        return self._found


# A look-up cannot be broken off: who waits for one gives up, and the next waits for the same one, so that there is never
# more than one thread for a name.
_looking_up: dict[tuple[str, int], _LookUp] = {}
_looking_up_lock = threading.Lock()


def _looked_up(host: str, port: int, most_s: float) -> Addresses:
    left = seconds_left()
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(host)
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    with _looking_up_lock:
        look_up = _looking_up.get((host, port))
        if look_up is None:
            look_up = _looking_up[host, port] = _LookUp(host, port)
            threading.Thread(target=look_up.run, name="look-up", daemon=True).start()
    return look_up.wait(most_s if left is None else left)


class TimedHTTPConnection(http.client.HTTPConnection):
    """The standard library's, on such a socket."""

    def connect(self) -> None:
        """Called by the library."""
        self.sock = connect(self.host, self.port)


class TimedHTTPSConnection(http.client.HTTPSConnection):
    """The same, encrypted."""

    def connect(self) -> None:
        """Called by the library."""
        self.sock = tls().wrap_socket(connect(self.host, self.port), server_hostname=self.host)
