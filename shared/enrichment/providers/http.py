"""Asking a vendor's JSON API: bounded in time and size, no redirects, to the configured address only.

What goes out goes to the base address from the configuration; no part of an answer or of a contact ever chooses a host,
and redirects are not followed, so nothing that a vendor or a user writes can make us call an address of our own network.
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

# The largest documented answers have 1 MB.
MAX_BYTES = 2_000_000
CHUNK_BYTES = 65_536
# Tries in all, where the vendor cannot have counted the one before: it was not reached, or its front door was busy.
TRIES = 3
_BUSY = frozenset({502, 503, 504})
# A reset time beyond this is a moment (seconds since 1970), not a span.
_EPOCH_FROM = 1_000_000_000
MAX_WAIT_S = 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: of HTTP.
        body: the JSON object; empty where there was none.
        headers: in lower case.
    """

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]


class JsonClient:
    """One vendor's API.

    Args:
        base_url: `https://host` and perhaps a path; what follows it is the vendor's own.
        headers: of every request.
        timeout_s: from the request, its look-up of the name included, to the last byte of the answer.

    Raises:
        ValueError: the address is no HTTP address.
    """

    def __init__(self, base_url: str, headers: Mapping[str, str], timeout_s: float) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f'"{base_url}" is no address such as https://api.example.com')
        self._base = base_url.rstrip("/")
        self._headers = {"Accept": "application/json", "User-Agent": "warmpath/1", **headers}
        self._timeout_s = timeout_s

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        from shared.plumbing.outbound.pool import Retry, pool_manager  # noqa: PLC0415 - 80 ms that only a consumer of providers pays

        retries = Retry(
            total=TRIES - 1,
            read=0,  # it may have been counted
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
        """One request.

        Args:
            method: GET or POST.
            path: the vendor's own path, with what is variable in it quoted.
            query: parameters of the address.

        Raises:
            NoAnswer: not reached, not in time, too large, or no JSON where there should be some.
        """
        import urllib3  # noqa: PLC0415 - as above

        try:
            with within(self._timeout_s):
                # `fields` would put the parameters of a POST into a body; vendors here read the address.
                response = self._pool.request(
                    method, self._base + path + _encoded(query), preload_content=False, redirect=False
                )
                try:
                    data = _read(response)
                finally:
                    # Never drained: what was not read is not wanted.
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
    # read1 returns with whatever has come, so that what is packed small and drips is noticed, too.
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
            raise NoAnswer(f"the answer is no JSON: {data[:80]!r}") from error
        return {}  # errors come as plain text, too
    if isinstance(body, dict):
        return body
    if status == 200:  # noqa: PLR2004
        raise NoAnswer("the answer is no JSON object")
    return {}


def wait_of(headers: Mapping[str, str], *reset_headers: str) -> float | None:
    """How long a vendor asks to wait, from `Retry-After` or one of its own headers; None where it does not say.

    Args:
        headers: of the answer, in lower case.
        *reset_headers: vendor's headers with a span in seconds, seconds since 1970, or a time in UTC.
    """
    for name in ("retry-after", *reset_headers):
        wait = _span(headers.get(name, "").strip())
        if wait is not None:
            return min(max(wait, 0.0), MAX_WAIT_S)
    return None


def _span(text: str) -> float | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return _until(text)
    if number != number or number < 0:  # noqa: PLR0124 - not a number
        return None
    return number - time.time() if number >= _EPOCH_FROM else number


def _until(text: str) -> float | None:
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
