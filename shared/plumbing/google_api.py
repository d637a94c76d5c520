"""Requests to Google as the service account that this instance runs as: access tokens, and JSON over HTTP.

Google's own libraries cost a cold start more than what is asked here: a token, or a certificate.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The scope of all of Google Cloud, for services that know no narrower one.
CLOUD_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
# The metadata server is on the same host. Right after the start of an instance it may refuse for a moment.
_METADATA_TIMEOUT_S = 2
_METADATA_ATTEMPTS = 3
_METADATA_PAUSE_S = 0.2
# A token is asked for again this long before its end: a connection must not be refused for a token that has just ended.
_TOKEN_RESERVE_S = 60


class Refused(ConnectionError):
    """Google refuses a request.

    Attributes:
        status: of the answer.
    """

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"it answers {status}")


def ask(
    url: str,
    needed: Sequence[str],
    *,
    headers: Mapping[str, str],
    timeout_s: float,
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Send one request and return its answer; with a body it is a POST of JSON.

    Args:
        url: address of the resource.
        needed: fields that the answer must have.
        headers: of the request.
        timeout_s: for each step of the exchange.
        body: what is sent.

    Raises:
        Refused: another status than 200.
        ConnectionError: no answer in time, or an answer without the fields.
    """
    parts = urlsplit(url)
    kind = http.client.HTTPConnection if parts.scheme == "http" else http.client.HTTPSConnection
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    try:
        with contextlib.closing(kind(parts.netloc, timeout=timeout_s)) as connection:
            if body is None:
                connection.request("GET", path, headers=dict(headers))
            else:
                connection.request("POST", path, json.dumps(body), {**headers, "Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read()
        answer = json.loads(text) if response.status == http.HTTPStatus.OK else None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ConnectionError(str(error) or type(error).__name__) from error
    if response.status != http.HTTPStatus.OK:
        raise Refused(response.status)
    if not (isinstance(answer, dict) and all(answer.get(field) for field in needed)):
        raise ConnectionError(f"its answer has no {' and '.join(needed)}")
    return answer


class AccessToken:
    """An access token of the service account that this instance runs as, from the metadata server.

    Args:
        scope: what the token may be used for.
    """

    def __init__(self, scope: str) -> None:
        self._path = f"/computeMetadata/v1/instance/service-accounts/default/token?scopes={scope}"
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0

    def current(self) -> str:
        """Return a token that is valid for a minute at least.

        Raises:
            ConnectionError: the metadata server does not answer as it should.
        """
        with self._lock:
            if time.monotonic() > self._until:
                answer = self._ask()
                self._token = str(answer["access_token"])
                self._until = time.monotonic() + float(answer["expires_in"]) - _TOKEN_RESERVE_S
            return self._token

    def _ask(self) -> dict[str, Any]:
        host = os.environ.get("GCE_METADATA_HOST", "metadata.google.internal")
        for attempt in range(_METADATA_ATTEMPTS):
            if attempt:
                time.sleep(_METADATA_PAUSE_S * attempt)
            try:
                return ask(
                    f"http://{host}{self._path}", ("access_token", "expires_in"),
                    headers={"Metadata-Flavor": "Google"}, timeout_s=_METADATA_TIMEOUT_S,
                )  # fmt: skip
            except ConnectionError as error:
                failure = error
        raise ConnectionError(f"the metadata server gives no access token: {failure}") from failure
