"""The HTTP edge: a request becomes a `Call`, a `Reply` or an error becomes a response; nothing else does either."""

from __future__ import annotations

import logging
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import functions_framework
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from shared.edge.call import Call
from shared.edge.deps import deps
from shared.edge.reply import Reply, etag_of, internal_problem, problem, respond
from shared.errors import (
    BadRequest,
    CrmError,
    NotFound,
    RateLimited,
    TooLarge,
    Unavailable,
)
from shared.manifest import functions
from shared.plumbing.telemetry.recording import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask, Request, Response

    from shared.manifest import Function
    from shared.plumbing.telemetry.recording import Note

    Handler = Callable[[Call], Reply]
    View = Callable[[Request], Response]

__all__ = ["Call", "Reply", "endpoint", "etag_of", "internal"]

SLOW_CALL_S = 2.0

log = logging.getLogger(__name__)


def endpoint(
    *, answers: Mapping[int, str | None], public: bool = False, limits_itself: bool = False
) -> Callable[[Handler], View]:
    """Make a Cloud Function of a handler of calls.

    Args:
        answers: the model of each successful status, by its name in the area's `answers.py` or `shared.models`, None
            for one without a body; a media type for one that is not JSON. For the OpenAPI document.
        public: no token is asked for.
        limits_itself: the handler takes the call out of the caller's rate limit, beside what it asks the cache anyway.
    """

    def decorate(handler: Handler) -> View:
        function = functions()[handler.__name__]

        def view(request: Request) -> Response:
            return _answer(handler, function, request, limited=not public and not limits_itself)

        return _registered(handler, view, answers=answers, public=public)

    return decorate


def answer_problems(app: Flask) -> None:
    """Make a problem document also of what the framework refuses by itself, and of what a consumer puts off.

    A path with a line break is refused before a function is asked. A consumer raises what is worth another delivery, and
    has told the log so: as an unforeseen error it would be there once more, with a page of the framework's own calls.
    """

    def refused(error: HTTPException) -> Response:
        from flask import request  # noqa: PLC0415 - the framework's own request, which is in nobody's hands here

        reason = NotFound() if error.code == HTTPStatus.NOT_FOUND else BadRequest(error.description)
        return respond(problem(reason), request)

    def put_off(error: CrmError) -> Response:
        from flask import request  # noqa: PLC0415 - as above

        return respond(problem(error), request)

    app.register_error_handler(HTTPException, refused)
    for later in (Unavailable, RateLimited):
        app.register_error_handler(later, put_off)


def internal(handler: Handler) -> View:
    """Make a Cloud Function of a handler that a schedule or an operator calls; in the cloud IAM guards it."""
    function = functions()[handler.__name__]

    def view(request: Request) -> Response:
        return _answer(handler, function, request, limited=False)

    return _registered(handler, view, answers={}, public=True)


def _registered(handler: Handler, view: View, **traits: Any) -> View:
    """Register a view under the handler's name, which is what the framework looks for."""
    view.__name__ = view.__qualname__ = handler.__name__
    view.__module__, view.__doc__ = handler.__module__, handler.__doc__
    registered: Any = functions_framework.http(view)
    registered.traits = traits
    made: View = registered
    return made


def _answer(handler: Handler, function: Function, request: Request, *, limited: bool) -> Response:
    started = time.monotonic()
    headers = request.headers
    trace = deps().telemetry.trace(headers.get("traceparent", ""), headers.get("X-Cloud-Trace-Context", ""))
    trace.begin("http" if function.http else "call", function.http or function.name)
    error = ""
    call = Call(request, function)
    try:
        if limited:
            call.limit()
        reply = handler(call)
    except CrmError as refusal:
        reply = problem(refusal)
    except RequestEntityTooLarge:
        reply = problem(TooLarge())
    except HTTPException as refusal:
        reply = problem(BadRequest(refusal.description))
    except Exception as unforeseen:
        error = type(unforeseen).__qualname__
        log.exception("call.failed", extra={"function": function.name, "request_id": trace.trace_id})
        reply = internal_problem()
    reply.headers |= call.limits
    reply.headers["X-Request-Id"] = trace.trace_id
    response = respond(reply, request)
    _leave_unread(request, response)

    def end() -> None:
        duration_s = time.monotonic() - started
        measure("http.server.request.duration", duration_s, function=function.name, status=response.status_code)
        if duration_s > SLOW_CALL_S:
            log.warning("call.slow", extra={"function": function.name, "duration_s": duration_s})
        notes: dict[str, Note] = {"faas.name": function.name, "http.response.status_code": response.status_code}
        trace.end(error, notes, at_once=not function.http)

    if response.is_streamed:
        response.call_on_close(end)
    else:
        end()
    return response


def _leave_unread(request: Request, response: Response) -> None:
    """Refuse a body without reading it.

    The framework reads the whole request before any answer that is not streamed; for one that was refused because of
    its size that would be all the work that the refusal saves. So the refusal is streamed, and the connection closed.
    """
    if response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        response.response = iter([response.get_data()])
        response.headers["Connection"] = "close"
        request.max_content_length = None
