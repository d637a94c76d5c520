"""Refuse who has waited for a thread for too long, so that a server with more to do than it can still answers the others.

In the cloud the platform lets in as many requests as an instance has threads. Here gunicorn takes all that come, and
its threads answer them in turn: without a bound, each waits longer than the one before, until nobody waits for the answers.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from selfhost.gateway import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# As long as a thread waits for a connection to the database (shared.plumbing.postgres.pool).
MAX_WAIT_S = 5.0
RETRY_AFTER_S = 2
# A server that has too much to do is not to be taken for a dead one, and killed.
HEALTH_PATH = "/api/crm/health"

_this = threading.local()


class WaitingPool(ThreadPoolExecutor):
    """Threads that know how long what they do has waited for one of them."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run a function in one of the threads."""
        return super().submit(_note_wait, time.monotonic(), function, *arguments, **named)


def _note_wait(since: float, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    _this.waited_s = time.monotonic() - since
    return function(*arguments, **named)


def refuse_late(app: WSGIApplication) -> WSGIApplication:
    """The app for requests that have not waited for too long; 503 for the others, at hardly any cost."""

    def timely(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        waited_s = getattr(_this, "waited_s", 0.0)
        if waited_s <= MAX_WAIT_S or environ.get("PATH_INFO") == HEALTH_PATH:
            return app(environ, start_response)
        answer = problem(503, "unavailable", "More is asked than this server can answer; try again in a moment.")
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
        return answer(environ, start_response)

    return timely
