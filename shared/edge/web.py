"""The HTTP edge, the only place where a request becomes a `Call`, and a `Reply` or an error becomes a response."""

from __future__ import annotations

import logging
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import functions_framework
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from shared.edge import programs
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
from shared.plumbing.postgres.origin import acting
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
# The methods of which a repetition may do something a second time.
KEYED_METHODS = frozenset({"POST", "PATCH"})

log = logging.getLogger(__name__)


def endpoint(
    *,
    answers: Mapping[int, str | None],
    public: bool = False,
    limits_itself: bool = False,
    keyed: bool | None = None,
) -> Callable[[Handler], View]:
    """Turn a handler of calls into a Cloud Function.

    Args:
        answers: for the OpenAPI document, the model of each successful status by its name in the area's `answers.py` or
            `shared.models`; None for a status without a body; a media type for an answer that is not JSON.
        public: the function asks for no token.
        limits_itself: the handler counts the call against the rate limit itself, in its first question to the cache.
        keyed: whether an `Idempotency-Key` is heeded: by default with POST and PATCH of users. The key belongs to a user, so
            public functions have none; a file is not compared, so functions that take one say False.
    """

    def decorate(handler: Handler) -> View:
        function = functions()[handler.__name__]
        by_key = not public and function.method in KEYED_METHODS if keyed is None else keyed

        def view(request: Request) -> Response:
            return _answer(handler, function, request, limited=not public and not limits_itself, keyed=by_key)

        return _registered(handler, view, answers=answers, public=public, keyed=by_key)

    return decorate


def answer_problems(app: Flask) -> None:
    """Answer with problem documents also the framework's own refusals and the errors that a consumer raises for a retry.

    The framework refuses a path with a line break before any function is called. A consumer logs a transient error and
    raises it for another delivery; unhandled here, it would be logged again, with a page of the framework's own calls.
    """

    def refused(error: HTTPException) -> Response:
        from flask import request  # noqa: PLC0415 - error handlers are not passed the request

        reason = NotFound() if error.code == HTTPStatus.NOT_FOUND else BadRequest(error.description)
        return respond(problem(reason), request)

    def put_off(error: CrmError) -> Response:
        from flask import request  # noqa: PLC0415 - as above

        return respond(problem(error), request)

    app.register_error_handler(HTTPException, refused)
    for later in (Unavailable, RateLimited):
        app.register_error_handler(later, put_off)


def internal(handler: Handler) -> View:
    """Turn a handler that a schedule or an operator calls into a Cloud Function; in the cloud IAM protects it."""
    function = functions()[handler.__name__]

    def view(request: Request) -> Response:
        return _answer(handler, function, request, limited=False)

    return _registered(handler, view, answers={}, public=True)


def _registered(handler: Handler, view: View, **traits: Any) -> View:
    """Register a view under the handler's name, by which the framework finds it."""
    view.__name__ = view.__qualname__ = handler.__name__
    view.__module__, view.__doc__ = handler.__module__, handler.__doc__
    registered: Any = functions_framework.http(view)
    registered.traits = traits
    made: View = registered
    return made


def _answer(handler: Handler, function: Function, request: Request, *, limited: bool, keyed: bool = False) -> Response:
    started = time.monotonic()
    headers = request.headers
    trace = deps().telemetry.trace(headers.get("traceparent", ""), headers.get("X-Cloud-Trace-Context", ""))
    trace.begin("http" if function.is_public else "call", function.http or function.name)
    error = ""
    call = Call(request, function)
    try:
        if limited:
            call.limit()
        with acting(function.name, programs.actor(call.program) if function.is_public else "system"):
            key = headers.get("Idempotency-Key") if keyed else None
            reply = handler(call) if key is None else _answer_once(call, handler, key)
        reply.headers |= call.notes
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
    programs.finish(call, reply)
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
        trace.end(error, notes, at_once=not function.is_public)

    if response.is_streamed:
        response.call_on_close(end)
    else:
        end()
    return response


def _answer_once(call: Call, handler: Handler, key: str) -> Reply:
    from shared.edge.once import answer_once  # noqa: PLC0415 - only calls with a key pay for it

    return answer_once(call, handler, key)


def _leave_unread(request: Request, response: Response) -> None:
    """Stream the refusal of a body that is too large, and close the connection, so that the body is not read.

    The framework reads the whole request before any answer that is not streamed, which is the work that the refusal saves.
    """
    if response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        response.response = iter([response.get_data()])
        response.headers["Connection"] = "close"
        request.max_content_length = None
