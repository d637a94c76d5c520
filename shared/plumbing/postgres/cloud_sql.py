"""Connections to Cloud SQL over its private address, signed in by IAM: through Google's connector, or directly over TLS.

The connector asks the Admin API for a certificate and signs in by it; a direct connection checks the server against its
certificate authority and signs in by an access token as the password. Decision 0076 compares the two.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from pg8000.core import CoreConnection

from shared.plumbing.google_api import AccessToken
from shared.plumbing.postgres.pool import CONNECT_TIMEOUT_S

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

# The port of the proxy inside of an instance, which knows the connector's certificates.
CONNECTOR_PORT = 3307
POSTGRES_PORT = 5432
# The only right that a login token needs; a token that leaks is good for nothing else.
LOGIN_SCOPE = "https://www.googleapis.com/auth/sqlservice.login"
# Modules that the connector imports for other databases, networks and services, unused here: gRPC, its generated
# messages and a resolver of names are two thirds of its import time and 25 MB.
_ABSENT = {
    "google.cloud.sql.connector.sqldata_client": ("SqlDataClient", "SqlDataSocket"),
    "dns": (),
    "dns.asyncresolver": ("Resolver",),
}


class ByConnector:
    """A function that opens connections through Google's connector.

    Args:
        instance: `project:region:name`.
        user: IAM database user.
        database: database name.
        api: address of the Admin API; None for Google's.
    """

    def __init__(self, instance: str, user: str, database: str, *, api: str | None = None) -> None:
        self._instance, self._user, self._database = instance, user, database
        # Refresh on use: the CPU of an idle instance is throttled, so a background refresh would fail.
        self._connector = _connector_module().Connector(
            refresh_strategy="lazy", ip_type="PRIVATE", enable_iam_auth=True, sqladmin_api_endpoint=api
        )

    def __call__(self) -> CoreConnection:
        """Open a connection.

        Raises:
            OSError, InterfaceError, DatabaseError: Google or the instance does not answer in time, or refuses.
        """
        try:
            return self._over_tls(*self._address_and_context())
        except BaseException as error:
            # The instance may have another address or authority by now, so the next connection asks for both.
            for kept in list(self._connector._cache.values()):  # noqa: SLF001 - no public way
                asyncio.run_coroutine_threadsafe(kept.force_refresh(), self._connector._loop)  # noqa: SLF001
            if _is_of_the_network(error):
                raise ConnectionError(f"Cloud SQL cannot be asked for a certificate: {error}") from error
            raise

    def close(self) -> None:
        """End the connector's thread and its connection to the Admin API; open database connections stay."""
        self._connector.close()
        self._connector._loop.close()  # noqa: SLF001 - the connector stops it and leaves it open

    def _address_and_context(self) -> tuple[str, ssl.SSLContext]:
        future = asyncio.run_coroutine_threadsafe(
            self._connector.connect_async(self._instance, "asyncpg", user=self._user),
            self._connector._loop,  # noqa: SLF001 - no public way
        )
        try:
            answer: tuple[str, ssl.SSLContext] = future.result(CONNECT_TIMEOUT_S)
        except TimeoutError:
            future.cancel()
            raise TimeoutError(f"no certificate for {self._instance} within {CONNECT_TIMEOUT_S} s") from None
        return answer

    def _over_tls(self, address: str, context: ssl.SSLContext) -> CoreConnection:
        with socket_to(address, CONNECTOR_PORT) as raw:
            return CoreConnection(
                user=self._user, database=self._database, application_name="warmpath", ssl_context=False,
                sock=context.wrap_socket(raw, server_hostname=address),
            )  # fmt: skip


def connect_by_token(address: str, authority: str, user: str, database: str) -> Callable[[], CoreConnection]:
    """Return a function that opens connections directly to Postgres, with an access token of this instance as the password.

    Args:
        address: `host` or `host:port` of the Cloud SQL instance.
        authority: certificate authority of the instance, PEM. The server is known by it alone: it signs for one instance, and the
            certificate names no address.
        user: IAM database user.
        database: database name.
    """
    import ssl  # noqa: PLC0415 - only where a server wants it

    host, _, port = address.partition(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(cadata=authority)
    token = AccessToken(LOGIN_SCOPE)

    def connect() -> CoreConnection:
        password = token.current()
        with socket_to(host, int(port or POSTGRES_PORT)) as raw:
            return CoreConnection(
                user=user, password=password, database=database, application_name="warmpath", sock=raw, host=host,
                ssl_context=context,
            )  # fmt: skip

    return connect


@contextlib.contextmanager
def socket_to(address: str, port: int) -> Iterator[socket.socket]:
    """Connect in time; close the socket where the block fails."""
    raw = socket.create_connection((address, port), CONNECT_TIMEOUT_S)
    try:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        yield raw
    except BaseException:
        raw.close()
        raise


def _connector_module() -> Any:
    with _absent_modules():
        from google.cloud.sql.connector import connector  # noqa: PLC0415 - 0.3 s that only Cloud SQL needs

    # Of the drivers' ways to connect, the asynchronous one is handed an address and a TLS context and awaited. Handing both out
    # lets the thread that wants a connection make it, with a time-out; the connector's own socket has none and would block its loop,
    # and with it every other connection.
    vars(connector)["asyncpg"] = SimpleNamespace(connect=_hand_out)
    return connector


@contextlib.contextmanager
def _absent_modules() -> Iterator[None]:
    """Put empty modules in the place of those that the connector imports and never uses here, during its import."""
    placed: list[str] = []
    for name, attributes in _ABSENT.items():
        if name not in sys.modules:
            module = sys.modules[name] = ModuleType(name)
            module.__dict__.update({attribute: type(attribute, (), {}) for attribute in attributes})
            placed.append(name)
    if "dns" in placed:
        sys.modules["dns"].asyncresolver = sys.modules["dns.asyncresolver"]  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for name in placed:
            del sys.modules[name]


async def _hand_out(address: str, context: ssl.SSLContext, **_arguments: Any) -> tuple[str, ssl.SSLContext]:
    return address, context


def _is_of_the_network(error: BaseException) -> bool:
    """Tell whether asking Google failed, rather than this code."""
    import aiohttp  # noqa: PLC0415 - the connector has imported both
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415

    return isinstance(error, (aiohttp.ClientError, GoogleAuthError))
