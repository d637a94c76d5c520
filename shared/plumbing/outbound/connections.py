"""Connections to other people's servers with one deadline from the look-up of the name to the last byte.

The time-out of a socket counts from one byte to the next, so a server that sends a byte a second never exceeds it, and a
look-up of a name has no time-out at all. `within` sets a deadline for a thread; every wait of these sockets ends with it.
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
    from collections.abc import Callable, Iterator

# Time to connect to one address; short, so that time is left for the other addresses of a name.
CONNECT_S = 3.0

_until: ContextVar[tuple[float, float] | None] = ContextVar("until", default=None)


@contextlib.contextmanager
def within(seconds: float, each_s: float = float("inf")) -> Iterator[None]:
    """Limit the time that this thread waits for sockets inside the block; a wait beyond it raises TimeoutError.

    Args:
        seconds: limit of all waits together.
        each_s: limit of each wait.
    """
    token = _until.set((time.monotonic() + seconds, each_s))
    try:
        yield
    finally:
        _until.reset(token)


def seconds_left() -> float | None:
    """Return how long the next wait may take; None outside of `within`.

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
    """A socket whose waits end with the time of `within`."""

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
    """An encrypted socket whose waits end with the time of `within`."""

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
    """Return the TLS settings of these sockets, with the certificate authorities that the system trusts."""
    context = ssl.create_default_context()
    context.sslsocket_class = _TimedTls
    return context


def connect(
    host: str, port: int, most_s: float = CONNECT_S, check: Callable[[str], None] | None = None
) -> socket.socket:
    """Connect to the first address of a name that answers.

    Args:
        host: a name or an address.
        port: TCP port.
        most_s: the most seconds for each address; less where the time of `within` is shorter.
        check: called with each address of the name before any is connected to; what it raises ends the attempt.

    Raises:
        OSError: no address answers in time.
    """
    failed: OSError | None = None
    found = _looked_up(host, port, most_s)
    if check is not None:
        for *_, address in found:
            check(str(address[0]))
    for family, kind, protocol, _, address in found:
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
    """One look-up of a name, whose result all waiting threads share."""

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
            raise TimeoutError(f"the address of {self._where[0]} was not found in time")
        if self._found is None:
            raise self._failed or OSError(f"{self._where[0]} has no address")
        return self._found


# A look-up cannot be cancelled: a thread that gives up leaves it running, and the next thread waits for the same one, so
# that a name never has more than one look-up thread.
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
    """The standard library's HTTP connection on a timed socket."""

    def connect(self) -> None:
        """Connect; the library calls this."""
        self.sock = connect(self.host, self.port)


class TimedHTTPSConnection(http.client.HTTPSConnection):
    """The standard library's HTTPS connection on a timed socket."""

    def connect(self) -> None:
        """Connect; the library calls this."""
        self.sock = tls().wrap_socket(connect(self.host, self.port), server_hostname=self.host)
