"""Requests to a vendor's JSON API, limited in time and size.

Every request goes to the configured base address. No part of an answer or of a contact chooses a host, and redirects are not
followed. So neither a vendor nor a user can make the server call an address of its internal network.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shared.enrichment.providers.provider import NoAnswer
from shared.plumbing.outbound.connections import seconds_left, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    import urllib3

# The largest answers that vendors document have 1 MB.
MAX_BYTES = 2_000_000
CHUNK_BYTES = 65_536
# Tries in all. Only requests that the vendor cannot have counted are repeated: it was not reached, or its proxy was busy.
TRIES = 3
_BUSY = frozenset({502, 503, 504})
# A larger reset time is a moment (seconds since 1970), not a span of seconds.
_EPOCH_FROM = 1_000_000_000
MAX_WAIT_S = 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a vendor.

    Attributes:
        status: of HTTP.
        body: the JSON object; empty for an error without one.
        headers: by name in lower case.
    """

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]


class JsonClient:
    """A client for one vendor's API.

    Args:
        base_url: `https://host`, optionally with a path.
        headers: of every request.
        timeout_s: for the whole request, from the look-up of the host's name to the last byte of the answer.

    Raises:
        ValueError: the base address is not an HTTP address, or has a query or a fragment.
    """

    def __init__(self, base_url: str, headers: Mapping[str, str], timeout_s: float) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f'"{base_url}" must be an address such as https://api.example.com')
        self._base = base_url.rstrip("/")
        self._headers = {"Accept": "application/json", "User-Agent": "warmpath/1", **headers}
        self._timeout_s = timeout_s

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        from shared.plumbing.outbound.pool import Retry, pool_manager  # noqa: PLC0415 - 80 ms that only the consumer pays

        retries = Retry(
            total=TRIES - 1,
            read=0,  # the vendor may have counted the request
            redirect=0,
            other=0,
            status_forcelist=_BUSY,
            allowed_methods=None,
            backoff_factor=0.2,
            backoff_jitter=0.3,
            backoff_max=2,
            respect_retry_after_header=False,
            raise_on_status=False,
            raise_on_redirect=False,
        )
        return pool_manager(self._headers, retries=retries, timeout=self._timeout_s, maxsize=16)

    def ask(self, method: str, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Send one request.

        Args:
            method: GET or POST.
            path: below the base address, with its variable parts quoted.
            query: parameters of the address.

        Raises:
            NoAnswer: the vendor was not reached or did not answer in time, or the answer is too large or not JSON.
        """
        import urllib3  # noqa: PLC0415 - as above

        try:
            with within(self._timeout_s):
                # The parameter `fields` would put those of a POST into the body, but vendors read them from the address.
                response = self._pool.request(
                    method, self._base + path + _encoded(query), preload_content=False, redirect=False
                )
                try:
                    data = _read(response)
                finally:
                    # Not drained: the rest of an answer that is too large or too slow is not needed.
                    response.close()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, _parsed(data, response.status), headers)


def _encoded(query: Mapping[str, str] | None) -> str:
    from urllib.parse import urlencode  # noqa: PLC0415 - beside its only use

    return "?" + urlencode(query) if query else ""


def _read(response: urllib3.BaseHTTPResponse) -> bytes:
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > MAX_BYTES:
        raise NoAnswer(f"the answer has {announced} bytes")
    chunks: list[bytes] = []
    size = 0
    # read1 returns what has arrived, so that the limits also catch compressed and dripping answers.
    while chunk := response.read1(CHUNK_BYTES, decode_content=True):
        size += len(chunk)
        if size > MAX_BYTES:
            raise NoAnswer(f"the answer has more than {MAX_BYTES} bytes")
        seconds_left()
        chunks.append(chunk)
    return b"".join(chunks)


def _parsed(data: bytes, status: int) -> dict[str, Any]:
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        if status == 200:  # noqa: PLR2004 - HTTP's own number
            raise NoAnswer(f"the answer is not JSON: {data[:80]!r}") from error
        return {}  # errors may come as plain text
    if isinstance(body, dict):
        return body
    if status == 200:  # noqa: PLR2004
        raise NoAnswer("the answer is not a JSON object")
    return {}


def requested_wait_s(headers: Mapping[str, str], *reset_headers: str) -> float | None:
    """Read how many seconds a vendor asks to wait, at most MAX_WAIT_S; None where the headers do not say.

    Args:
        headers: of the answer, by name in lower case.
        *reset_headers: headers to read besides `Retry-After`; each has seconds, seconds since 1970, or a time in UTC.
    """
    for name in ("retry-after", *reset_headers):
        wait = _seconds_to_wait(headers.get(name, "").strip())
        if wait is not None:
            return min(max(wait, 0.0), MAX_WAIT_S)
    return None


def _seconds_to_wait(text: str) -> float | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return _seconds_until(text)
    if number != number or number < 0:  # noqa: PLR0124 - not a number
        return None
    return number - time.time() if number >= _EPOCH_FROM else number


def _seconds_until(text: str) -> float | None:
    from datetime import UTC, datetime  # noqa: PLC0415 - beside its only use

    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
        except (ValueError, TypeError, IndexError):
            continue
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.timestamp() - time.time()
    return None
