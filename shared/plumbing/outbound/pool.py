"""urllib3 with the sockets of `shared.plumbing.outbound.connections`; only for modules that import urllib3 anyway (80 ms)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from shared.plumbing.outbound.connections import connect, seconds_left, tls

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self)


class _TlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self)


def _connected(connection: HTTPConnection) -> socket.socket:
    """Connect, and translate errors for urllib3, which distinguishes a time-out from other failures."""
    try:
        return connect(connection.host, connection.port)
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, f"connection to {connection.host} timed out") from error
    except OSError as error:
        raise NewConnectionError(connection, f"no connection to {connection.host}: {error}") from error


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class Retry(urllib3.Retry):
    """urllib3's retries, with pauses that end with the time of `within`."""

    def get_backoff_time(self) -> float:
        """Return the next pause; urllib3 calls this."""
        pause, left = super().get_backoff_time(), seconds_left()
        return pause if left is None else min(pause, left)


def pool_manager(headers: Mapping[str, str], **named: Any) -> urllib3.PoolManager:
    """Make a pool of kept connections whose waits end with the time of `within`.

    Args:
        headers: headers of every request.
        **named: further arguments of `urllib3.PoolManager`.
    """
    manager = urllib3.PoolManager(headers=headers, ssl_context=tls(), **named)
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
    return manager
