"""Calls of Warmpath's API."""

from __future__ import annotations

import http.client
import json
import time
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from warmpath.settings import Login

TIMEOUT_S = 180
_TRIES = 8
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0
_TOO_FAST, _SERVER_FAULT, _REFUSED = 429, 500, 400
_NOT_SIGNED_IN, NOT_FOUND = 401, 404
_CHUNK_BYTES = 64 * 1024


class ApiError(Exception):
    """A call was refused or could not be made; the message is a sentence.

    Attributes:
        status: of HTTP; 0 without an answer.
        code: the stable name of the reason; empty where the server gives none.
    """

    def __init__(self, message: str, status: int = 0, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Api:
    """The API of one installation.

    Args:
        login: where it is and what signs in.
        on_wait: called with the seconds before a call is tried again.
    """

    def __init__(self, login: Login, on_wait: Callable[[float], None] = lambda _: None) -> None:
        parts = urlsplit(login.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ApiError(f'"{login.url}" is not an address: write --url https://crm.example.com')
        self._parts = parts
        self._login = login
        self._on_wait = on_wait
        self._connection: http.client.HTTPConnection | None = None

    def call(
        self,
        method: str,
        path: str,
        body: bytes | dict[str, Any] | None = None,
        *,
        media_type: str = "application/json",
        once: bool = False,
    ) -> Any:
        """Call it and return the JSON of the answer; None for an empty one.

        A line that is down and a server that is busy are waited for: calls of sources and imports act once, others with `once`.

        Raises:
            ApiError: it was refused, or there was no answer after several tries.
        """
        content = json.dumps(body).encode() if isinstance(body, dict) else body
        headers = {"Accept": "application/json"}
        if content is not None:
            headers["Content-Type"] = media_type
        if once:
            headers["Idempotency-Key"] = str(uuid4())
        address = self._parts.path.rstrip("/") + path
        status, answered, text = self._tried(method, address, content, headers | self._signature())
        if status == _NOT_SIGNED_IN and self._renewed():
            status, answered, text = self._tried(method, address, content, headers | self._signature())
        if status >= _REFUSED:
            raise ApiError(_sentence(status, text, self._login), status, _code(text))
        try:
            return json.loads(text) if text else None
        except ValueError as error:
            raise ApiError(f"{self._login.url} does not answer as Warmpath does: {answered}") from error

    def download(self, path: str, file: BinaryIO) -> int:
        """Write the body of an answer to a file; return its size in bytes.

        Raises:
            ApiError: it was refused, or the line broke.
        """
        for is_last in (False, True):
            self.close()
            connection = self._connection = _open(self._parts)
            try:
                connection.request("GET", self._parts.path.rstrip("/") + path, headers=self._signature())
                answer = connection.getresponse()
                if answer.status < _REFUSED:
                    size = 0
                    while chunk := answer.read(_CHUNK_BYTES):
                        size += file.write(chunk)
                    return size
                text = answer.read()
            except (OSError, http.client.HTTPException) as error:
                raise ApiError(f"The line to {self._login.url} broke: {error}") from error
            if is_last or answer.status != _NOT_SIGNED_IN or not self._renewed():
                raise ApiError(_sentence(answer.status, text, self._login), answer.status, _code(text))
        raise AssertionError("the last try returns or raises")

    def _signature(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._login.token}"} if self._login.token else {}

    def _renewed(self) -> bool:
        """Get the next token after the present one has ended; return whether there is one."""
        if not self._login.refresh_token:
            return False
        from warmpath.signing_in import renewed  # noqa: PLC0415 - it calls the API itself

        made = renewed(self._login)
        self._login = made or self._login
        return made is not None

    def put(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Send bytes of a file to the address of its upload; return the status and the `Range` of the answer."""
        parts = urlsplit(url if "://" in url else self._login.url + url)
        connection = _open(parts)
        try:
            connection.request("PUT", f"{parts.path}?{parts.query}" if parts.query else parts.path, body, dict(headers))
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Range", "")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def _tried(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        wait_s = _FIRST_WAIT_S
        for left in reversed(range(_TRIES)):
            try:
                status, retry_after, text = self._once(method, path, body, headers)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                if not left:
                    raise ApiError(f"{self._login.url} does not answer: {error}") from error
                retry_after = ""
            else:
                if not left or (status != _TOO_FAST and status < _SERVER_FAULT):
                    return status, "", text
            pause = min(float(retry_after), 600.0) if retry_after.isdecimal() else wait_s
            self._on_wait(pause)
            time.sleep(pause)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
        raise AssertionError("the last try returns or raises")

    def _once(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        if self._connection is None:
            self._connection = _open(self._parts)
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.will_close:
            self.close()
        return answer.status, answer.headers.get("Retry-After", ""), text

    def close(self) -> None:
        """Close the connection."""
        if self._connection:
            self._connection.close()
        self._connection = None


def _open(parts: Any) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname, parts.port, timeout=TIMEOUT_S)


def _code(text: bytes) -> str:
    """The name of the reason in a problem document, or in a refusal of OAuth."""
    try:
        problem = json.loads(text)
        return str(problem.get("code") or problem.get("error") or "")
    except (ValueError, AttributeError):
        return ""


def _sentence(status: int, text: bytes, login: Login) -> str:
    if status == _NOT_SIGNED_IN:
        return f"{login.url} does not know you: `warmpath login --url {login.url}`"
    try:
        problem = json.loads(text)
        fields = [f"{error['field']}: {error['message']}" for error in problem.get("errors", [])]
        return "; ".join(
            [
                str(
                    problem.get("detail")
                    or problem.get("error_description")
                    or problem.get("title")
                    or f"refused with {status}"
                ),
                *fields,
            ]
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"refused with status {status}"
