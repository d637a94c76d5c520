"""Calls the API as one user, and has the journal note every answer."""

from __future__ import annotations

import contextlib
import http.client
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dev.processes import LOOPBACK
from tests.faults.journal import Journal, Request

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

TIMEOUT_S = 90.0
# What an answer may be besides 2xx, whatever was asked: not now.
NOT_NOW = frozenset({0, 503})
# A clock that is wrong by minutes finds tokens too young.
TOKEN_AGE_S = 3600
WORDS = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; status 0 where none came."""

    status: int
    body: Any = None

    @property
    def is_yes(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_known(self) -> bool:
        """Whether it is told what became of the request."""
        return self.status not in NOT_NOW


class Caller:
    """A client of all processes of functions, which it asks at random.

    Args:
        ports: of the processes.
        journal: notes what is asked and answered.
        token: of the user; empty for nobody.
        rng: decides whom to ask.
        going_on: false when it is time to stop trying again.
    """

    def __init__(
        self, ports: Sequence[int], journal: Journal, token: str, rng: random.Random, going_on: Callable[[], bool]
    ) -> None:
        self._ports = ports
        self._journal = journal
        self._token = token
        self._rng = rng
        self.going_on = going_on
        self._connections: dict[int, http.client.HTTPConnection] = {}

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        may_be: frozenset[int] = frozenset(),
        headers: Mapping[str, str] | None = None,
        process: int | None = None,
    ) -> Answer:
        """Asks once.

        Args:
            method: of HTTP.
            path: with the query.
            body: JSON, or text as it is.
            may_be: statuses that are all right besides 2xx, 503 and none.
            headers: besides the usual ones.
            process: whom to ask; by chance unless given.
        """
        number = self._rng.randrange(len(self._ports)) if process is None else process
        sent = {"Content-Type": "application/json", **(headers or {})}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        data = body if isinstance(body, str | None) else json.dumps(body)
        began = time.monotonic()
        status, received, retry_after = self._exchange(number, method, path, data, sent)
        words = received.decode(errors="replace")[:WORDS] if status >= 300 else ""
        bare = path.partition("?")[0]
        took_s = time.monotonic() - began
        self._journal.note(Request(method, bare, number, began, took_s, status, retry_after, words))
        if not (200 <= status < 300 or status in NOT_NOW or status in may_be):
            self._journal.find(f"{method} {bare} of process {number} was answered {status}: {words}")
        if status in NOT_NOW:
            time.sleep(self._rng.uniform(0.05, 0.4))
        try:
            parsed = json.loads(received) if received else None
        except ValueError:
            parsed = received.decode(errors="replace")
        return Answer(status, parsed)

    def insist(self, method: str, path: str, body: Any = None, **options: Any) -> Answer:
        """Asks until there is an answer, for what does nothing the second time."""
        while True:
            answer = self.ask(method, path, body, **options)
            if answer.is_known or not self.going_on():
                return answer

    def _exchange(
        self, number: int, method: str, path: str, data: str | None, headers: dict[str, str]
    ) -> tuple[int, bytes, str]:
        connection = self._connections.get(number)
        if connection is None:
            connection = http.client.HTTPConnection(LOOPBACK, self._ports[number], timeout=TIMEOUT_S)
            self._connections[number] = connection
        try:
            connection.request(method, path, data.encode() if data is not None else None, headers)
            with connection.getresponse() as answer:
                return answer.status, answer.read(), answer.headers.get("Retry-After", "")
        except (OSError, http.client.HTTPException):
            connection.close()
            del self._connections[number]
            return 0, b"", ""

    def close(self) -> None:
        """Closes its connections."""
        for connection in self._connections.values():
            with contextlib.suppress(OSError):
                connection.close()
