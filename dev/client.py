"""A client of the running local stack, for terminal programs."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
from typing import TYPE_CHECKING, Any

from dev.issuer import TOKEN_PATH
from dev.processes import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Imports may take minutes.
TIMEOUT_S = 600
CLIENT_ERROR = 400


class LocalApiError(Exception):
    """The stack does not run or refused a call; the message is one sentence."""


class LocalApi:
    """The stack on this machine.

    Args:
        port: port of the gateway.
    """

    def __init__(self, port: int) -> None:
        self._port = port

    @staticmethod
    def usual_port() -> int:
        """Return the port that `make run` takes in this environment."""
        return int(os.environ.get("PORT") or 8080)

    def token(self, email: str) -> str:
        """Get a token for an e-mail address.

        Raises:
            LocalApiError: the stack does not run, or `email` is not an address.
        """
        answer = self.post(TOKEN_PATH, [json.dumps({"email": email}).encode()], {"Content-Type": "application/json"})
        return str(answer["access_token"])

    def post(self, path: str, chunks: Iterable[bytes], headers: Mapping[str, str]) -> dict[str, Any]:
        """Send a body and read the JSON answer.

        Args:
            path: path with its query string.
            chunks: the body; several chunks need `Content-Length` in the headers.
            headers: headers of the request.

        Raises:
            LocalApiError: the stack does not run, or refuses the request; with the text of the problem document.
        """
        connection = http.client.HTTPConnection(LOOPBACK, self._port, timeout=TIMEOUT_S)
        with contextlib.closing(connection):
            try:
                connection.connect()
            except OSError as error:
                raise LocalApiError(f"nothing answers on port {self._port}: start it with `make run`") from error
            try:
                # The stack may refuse a body before all of it is sent; the answer says why.
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    connection.request("POST", path, body=_sized(chunks, headers), headers=dict(headers))
                answer = connection.getresponse()
                content = json.loads(answer.read())
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise LocalApiError(f"the stack closed the connection: {error!r}") from error
        if answer.status >= CLIENT_ERROR:
            raise LocalApiError(_sentence(content))
        return dict(content)


def _sized(chunks: Iterable[bytes], headers: Mapping[str, str]) -> bytes | Iterable[bytes]:
    return chunks if "Content-Length" in headers else b"".join(chunks)


def _sentence(problem: dict[str, Any]) -> str:
    fields = [f"{error['field']}: {error['message']}" for error in problem.get("errors", [])]
    return "; ".join([f"{problem.get('title', 'refused')}: {problem.get('detail', '')}".strip(": "), *fields])
