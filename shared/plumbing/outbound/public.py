"""Requests to addresses that others chose: of programs that describe themselves, of receivers of webhooks.

Only public addresses are connected to. A name is looked up once, all its addresses must be public, and the connection goes to one
that was checked, so a name that changes its mind between check and connection (rebinding) gains nothing. No redirects, no proxy;
time and size are bounded.
"""

from __future__ import annotations

import http.client
import ipaddress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from shared.plumbing.outbound.connections import connect, tls, within

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

_HTTP_PORT, _HTTPS_PORT = 80, 443
_MAX_URL = 2_000
# Of IPv6 only global unicast; inside it, ways to wrap another address (Teredo, 6to4), and what is not for use.
_UNICAST = ipaddress.ip_network("2000::/3")
_NEVER = tuple(
    map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "192.88.99.0/24", "100.64.0.0/10"))
)  # fmt: skip


class Refused(Exception):
    """The address is not one that may be asked; it will not be at another attempt either."""


class Unreachable(Exception):
    """No answer came."""


class Answered(NamedTuple):
    """An answer.

    Attributes:
        status: of HTTP; redirects are not followed.
        headers: by name in lower case.
        body: the beginning of the body.
        truncated: more followed.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    truncated: bool


class _Plain(http.client.HTTPConnection):
    """A connection without TLS, to an address of the configuration alone."""

    def connect(self) -> None:
        self.sock = connect(self.host, self.port)


class _Checked(http.client.HTTPSConnection):
    """A connection to public addresses."""

    def connect(self) -> None:
        self.sock = tls().wrap_socket(connect(self.host, self.port, check=check_public), server_hostname=self.host)


class Outside:
    """The one pair of hands for addresses that others chose.

    Args:
        trusted: an address whose continuations may be asked though they are inside and without TLS: a receiver on a laptop.
            Empty in the cloud.
    """

    def __init__(self, trusted: str = "") -> None:
        self._trusted = trusted

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        *,
        timeout_s: float,
        max_bytes: int,
    ) -> Answered:
        """Send a request.

        Args:
            method: of HTTP.
            url: https, without user and fragment.
            headers: of the request.
            body: of the request.
            timeout_s: the time for everything, from the look-up of the name to the last byte.
            max_bytes: the most that is read of the answer.

        Raises:
            Refused: the address may not be asked.
            Unreachable: no answer came in time.
        """
        parts = self.check(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        kind, usual = (_Checked, _HTTPS_PORT) if parts.scheme == "https" else (_Plain, _HTTP_PORT)
        connection = kind(parts.hostname or "", parts.port or usual)
        try:
            with within(timeout_s):
                connection.request(method, path, body, {"Accept-Encoding": "identity", **headers})
                answer = connection.getresponse()
                read = answer.read(max_bytes + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(f"{parts.hostname} does not answer: {error}") from error
        finally:
            connection.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answered(answer.status, found, read[:max_bytes], len(read) > max_bytes)

    def check(self, url: str) -> SplitResult:
        """Check the form of an address, and a literal address in it; names are looked up when they are asked.

        Raises:
            Refused: the address may not be asked.
        """
        if (
            len(url) > _MAX_URL
            or not url.isascii()
            or any(ord(sign) <= ord(" ") or sign in '\\\x7f"<>' for sign in url)
        ):
            raise Refused(f"an address has at most {_MAX_URL:,} characters, no blanks, and none outside of ASCII")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise Refused(f"the address cannot be read: {error}") from None
        if self._trusted and url.startswith(self._trusted):
            return parts
        if parts.scheme != "https" or not parts.hostname:
            raise Refused("an address begins with https:// and a host")
        if parts.username is not None or parts.password is not None or parts.fragment or port == 0:
            raise Refused("an address has no user, no fragment, and no port 0")
        try:
            literal = ipaddress.ip_address(parts.hostname)
        except ValueError:
            return parts
        check_public(str(literal))
        return parts


def check_public(address: str) -> None:
    """Refuse an address that is not public.

    Raises:
        Refused: it is inside, reserved, or wraps another address.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    public = (
        parsed.is_global
        and not parsed.is_multicast
        and not any(parsed in net for net in _NEVER if net.version == parsed.version)
    )
    if not public or (parsed.version == 6 and parsed not in _UNICAST):  # noqa: PLR2004 - the version of IP
        raise Refused(f"{address} is not a public address")
