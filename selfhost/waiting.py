"""Refuse requests that have waited for a thread for too long, so that an overloaded server still answers the others.

In the cloud the platform lets in as many requests as an instance has threads. Here gunicorn takes all requests, and its
threads answer them in turn: without a limit each would wait longer than the one before, until all clients have given up.
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

# Equal to the longest wait for a connection to the database (shared.plumbing.postgres.pool).
MAX_WAIT_S = 5.0
RETRY_AFTER_S = 2
# An overloaded server still answers health checks, so that it is not taken for a dead one and killed.
HEALTH_PATH = "/api/crm/health"

_this = threading.local()


class WaitingPool(ThreadPoolExecutor):
    """A pool of threads that measures how long each task has waited for a thread."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run a function in one of the threads."""
        return super().submit(_note_wait, time.monotonic(), function, *arguments, **named)


def _note_wait(since: float, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    _this.waited_s = time.monotonic() - since
    return function(*arguments, **named)


def refuse_late(app: WSGIApplication) -> WSGIApplication:
    """Wrap an app: requests that have waited for too long get 503, at hardly any cost."""

    def timely(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        waited_s = getattr(_this, "waited_s", 0.0)
        if waited_s <= MAX_WAIT_S or environ.get("PATH_INFO") == HEALTH_PATH:
            return app(environ, start_response)
        answer = problem(503, "unavailable", "This server has more requests than it can answer; try again in a moment.")
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
        return answer(environ, start_response)

    return timely
