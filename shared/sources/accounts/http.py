"""HTTP to the servers of accounts: checked at the connection, bounded in time and size, with no redirect to another host."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from shared.sources.accounts.account import NeedsAttention, TryLater

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from shared.sources.accounts.connecting import Gate

MAX_BODY = 32 * 1024 * 1024
_MAX_REDIRECTS = 4
_REDIRECTS = frozenset({301, 302, 307, 308})
_UNAUTHORIZED, _FORBIDDEN, _TOO_MANY, _SERVER_FAULT = 401, 403, 429, 500
_DEFAULT_PORTS = {"https": 443, "http": 80}


class Answer(NamedTuple):
    """An answer.

    Attributes:
        status: of HTTP.
        url: what was asked at last.
        headers: with names in lower case.
        body: of the answer.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object.

        Raises:
            TryLater: it is none.
        """
        try:
            document = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise TryLater(f"{urlsplit(self.url).hostname} does not answer in JSON") from error
        if not isinstance(document, dict):
            raise TryLater(f"{urlsplit(self.url).hostname} does not answer with an object")
        return document


class _Connection(http.client.HTTPConnection):
    def __init__(self, gate: Gate, host: str, port: int, security: str) -> None:
        super().__init__(host, port)
        self._gate, self._security = gate, security

    def connect(self) -> None:
        self.sock: socket.socket = self._gate.connect(self.host, self.port, self._security)


class Http:
    """Requests, each after the other; the connection to a server is kept for the next one.

    Args:
        gate: which servers may be reached.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._kept: dict[tuple[str, int, str], _Connection] = {}

    def ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None, *, follows: bool = False
    ) -> Answer:
        """Send a request.

        Args:
            method: of HTTP.
            url: of the resource.
            headers: of the request.
            body: of the request.
            follows: whether redirects on the same host are followed, with the same method and body.

        Raises:
            NeedsAttention: nobody may connect there.
            TryLater: no answer, one of more than 32 MB, or a fault of the server's (429, 5xx).
        """
        for _ in range(_MAX_REDIRECTS):
            answer = self._once(method, url, headers, body)
            if not (follows and answer.status in _REDIRECTS and answer.headers.get("location")):
                break
            target = urljoin(url, answer.headers["location"])
            if urlsplit(target)[:2] != urlsplit(url)[:2]:  # credentials stay where the user has given them
                raise NeedsAttention(f"the server sends on to {target[:200]}: enter that address if it is yours")
            url = target
        if answer.status == _TOO_MANY or answer.status >= _SERVER_FAULT:
            raise TryLater(f"{urlsplit(url).hostname} answers {answer.status}", _retry_after(answer))
        return answer

    def close(self) -> None:
        """Close the kept connections."""
        while self._kept:
            self._kept.popitem()[1].close()

    def _once(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        parts = urlsplit(url)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            raise NeedsAttention(f"{url[:200]} is not an address of a server")
        try:
            port = parts.port or _DEFAULT_PORTS[parts.scheme]
        except ValueError as error:
            raise NeedsAttention(f"{url[:200]} is not an address of a server") from error
        where = (parts.hostname, port, "tls" if parts.scheme == "https" else "none")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        kept = self._kept.pop(where, None)
        try:
            if kept is not None:
                try:
                    response, read = _exchange(kept, method, path, body, headers)
                except (OSError, http.client.HTTPException):  # the server has closed it meanwhile
                    kept.close()
                    kept = None
            if kept is None:
                kept = _Connection(self._gate, *where)
                response, read = _exchange(kept, method, path, body, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if kept is not None:
                kept.close()
            raise TryLater(f"{parts.hostname} does not answer: {error or type(error).__name__}") from error
        if response.will_close or len(read) > MAX_BODY:
            kept.close()
        else:
            self._kept[where] = kept
        if len(read) > MAX_BODY:
            raise TryLater(f"{parts.hostname} answers with more than {MAX_BODY // 1024 // 1024} MB")
        return Answer(response.status, url, {name.lower(): value for name, value in response.getheaders()}, read)


def _exchange(
    connection: _Connection, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
) -> tuple[http.client.HTTPResponse, bytes]:
    connection.request(method, path, body, dict(headers))
    response = connection.getresponse()
    return response, response.read(MAX_BODY + 1)


def refuses(answer: Answer) -> bool:
    """Whether the server refuses the credentials."""
    return answer.status in {_UNAUTHORIZED, _FORBIDDEN}


def _retry_after(answer: Answer) -> float | None:
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None  # noqa: PLR2004 - digits of ten days
