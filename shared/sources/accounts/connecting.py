"""Connections to the servers that users name: public addresses, and those networks that the installation allows."""

from __future__ import annotations

import ipaddress
import ssl
from typing import TYPE_CHECKING

from shared.config import ConfigurationError
from shared.plumbing.outbound.connections import connect, tls
from shared.plumbing.outbound.public import Refused, check_public
from shared.sources.accounts.account import NeedsAttention, TryLater

if TYPE_CHECKING:
    import socket

CONNECT_S = 10.0
# Mail and web over TLS and without; another port of a public server is none of ours.
PORTS = frozenset({80, 143, 443, 993, 5232, 8443})


class Gate:
    """The addresses that accounts may be read from.

    Args:
        networks: beside public ones, with commas between them, such as `10.0.0.0/8`; empty: none.
    """

    def __init__(self, networks: str = "") -> None:
        try:
            self._networks = [ipaddress.ip_network(each.strip()) for each in networks.split(",") if each.strip()]
        except ValueError as error:
            raise ConfigurationError(f"ACCOUNT_NETWORKS: {error}") from error

    def is_inside(self, address: str) -> bool:
        """Whether an address belongs to an allowed network."""
        parsed = ipaddress.ip_address(address.partition("%")[0])
        return any(parsed in network for network in self._networks if network.version == parsed.version)

    def connect(self, host: str, port: int, security: str = "tls") -> socket.socket:
        """Connect to a server.

        Args:
            host: a name or an address.
            port: TCP port.
            security: `tls` for an encrypted connection; `starttls` for one that is encrypted later; `none` inside an allowed network.

        Raises:
            NeedsAttention: nobody may connect there, or its certificate is not valid.
            TryLater: no server answers.
        """

        def check(address: str) -> None:
            if self.is_inside(address):
                return
            if security == "none":
                raise Refused(f"{address} is reached with TLS alone")
            if port not in PORTS:
                raise Refused(f"port {port} is not one of mail, calendars or contacts")
            check_public(address)

        try:
            plain = connect(host, port, CONNECT_S, check)
            return self.wrap(plain, host) if security == "tls" else plain
        except Refused as error:
            raise NeedsAttention(f"{host} cannot be read: {error}") from error
        except ssl.SSLCertVerificationError as error:
            raise NeedsAttention(f"{host} has no valid certificate: {error.verify_message}") from error
        except (OSError, UnicodeError) as error:
            raise TryLater(f"{host} does not answer: {error}") from error

    @staticmethod
    def wrap(plain: socket.socket, host: str) -> socket.socket:
        """Put TLS onto a connection.

        Raises:
            OSError: the server does not speak TLS, or its certificate is not valid; the connection is closed.
        """
        try:
            return tls().wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
