"""The HTTP edge: a request becomes a `Call`, a `Reply` or an error becomes a response; nothing else does either."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import functions_framework
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from shared.deps import deps
from shared.errors import (
    BadRequest,
    CrmError,
    NotFound,
    PreconditionFailed,
    RateLimited,
    TooLarge,
    Unavailable,
    UnsupportedFormat,
)
from shared.manifest import functions
from shared.reply import Reply, etag_of, internal_problem, matches, problem, respond
from shared.telemetry import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime
    from types import EllipsisType

    from flask import Flask, Request, Response
    from pydantic import BaseModel

    from shared.auth import User
    from shared.cache import Cache
    from shared.database import Database, Session
    from shared.manifest import Function
    from shared.parameters import Parameters
    from shared.telemetry import Note
    from shared.upload import Upload

    Handler = Callable[["Call"], Reply]
    View = Callable[[Request], Response]

__all__ = ["Call", "Reply", "endpoint", "etag_of", "internal"]

ModelT = TypeVar("ModelT", bound="BaseModel")
ParametersT = TypeVar("ParametersT", bound="Parameters")

MAX_JSON_BYTES = 1_000_000
SLOW_CALL_S = 2.0

log = logging.getLogger(__name__)


class Call:
    """One request to one function.

    Attributes:
        request: the HTTP request.
        function: the entry of the manifest.
        database: Postgres.
        cache: Redis.
        now: when the call began.
    """

    def __init__(self, request: Request, function: Function) -> None:
        self.request = request
        self.function = function
        self.now: datetime = deps().now()

    @property
    def database(self) -> Database:
        """Postgres."""
        return deps().database

    @property
    def cache(self) -> Cache:
        """Redis."""
        return deps().cache

    @cached_property
    def user(self) -> User:
        """Who calls.

        Raises:
            Unauthenticated: the token is missing or not valid.
        """
        return deps().authenticator.user(self.request.headers.get("Authorization"))

    @property
    def user_id(self) -> UUID:
        """The key of all that is the caller's."""
        return self.user.id

    @contextlib.contextmanager
    def transaction(
        self, *, as_user: UUID | EllipsisType | None = ..., timeout_s: float | None = None
    ) -> Iterator[Session]:
        """All statements of the block or none; events that were appended are sent after the commit.

        Args:
            as_user: whose rows are seen and changed, for calls that prove their right by something else than a token
                of the caller; None for nobody's. The caller's unless given.
            timeout_s: longest that one statement may take.
        """
        limit = {} if timeout_s is None else {"timeout_s": timeout_s}
        with self.database.transaction(self.user_id if as_user is ... else as_user, **limit) as tx:
            yield tx
        _send_events(tx)

    @contextlib.contextmanager
    def system_transaction(self) -> Iterator[Session]:
        """As `transaction`, of no user: for schedules and operators."""
        with self.database.transaction(None) as tx:
            yield tx
        _send_events(tx)

    def read(self, *, latest: bool = False) -> AbstractContextManager[Session]:
        """Statements that change nothing, as the caller; on the replica where the manifest allows it.

        A user always sees their own writes: shortly after one, reads go to the primary.

        Args:
            latest: what others wrote last counts as well, so the replica will not do.
        """
        database = self.database
        may_lag = self.function.reads and not latest
        replica = database.has_replica and may_lag and not self.cache.wrote_lately(self.user_id)
        return database.read(self.user_id, replica=replica)

    def uuid(self, name: str) -> UUID:
        """A path parameter that is an id.

        Raises:
            NotFound: it is none, so there is nothing of that id.
        """
        value = self.path_parameter(name)
        try:
            return UUID(value)
        except ValueError:
            raise NotFound from None

    def path_parameter(self, name: str) -> str:
        """A part of the path, by its name in the manifest.

        Raises:
            NotFound: the path is shorter than the manifest's.
        """
        position = self.function.path.split("/").index("{" + name + "}")
        parts = self.request.path.split("/")
        if position >= len(parts):
            raise NotFound
        return parts[position]

    def limit_secret(self, secret: str, *, per_minute: int) -> None:
        """Takes the call out of the rate limit of a secret that stands for whoever holds it, where there is no user.

        Guessing is hopeless by the length of a secret; this bounds what one that is known can be used for.

        Raises:
            RateLimited: nothing is left.
        """
        if deps().settings.rate_limit_per_minute == 0:
            return
        digest = hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
        allowance = self.cache.take_token(digest, per_minute=per_minute, burst=per_minute)
        if allowance is not None and allowance.retry_after_ms:
            retry_after_s = allowance.retry_after_ms / 1000
            raise RateLimited(f"at most {per_minute} requests a minute with this link", retry_after_s=retry_after_s)

    def query(self, parameters: type[ParametersT]) -> ParametersT:
        """The query string.

        Raises:
            ValidationFailed: it does not fit.
        """
        return parameters.parse(dict(self.request.args.lists()))

    def body(self, model: type[ModelT], *, media_types: tuple[str, ...] = ("application/json",)) -> ModelT:
        """The JSON body as a model.

        Raises:
            UnsupportedFormat: it is said to be something else.
            TooLarge: it exceeds `MAX_JSON_BYTES`.
            BadRequest: it is no JSON.
            ValidationFailed: it does not fit the model.
        """
        if self.request.mimetype not in media_types:
            raise UnsupportedFormat(f'send {media_types[0]}, not "{self.request.mimetype}"')
        self.limit_body(MAX_JSON_BYTES)
        from shared.models import validated  # noqa: PLC0415 - 60 ms for pydantic, which only functions with bodies pay

        return validated(model, self.request.get_data(cache=False))

    def upload(self, *, max_bytes: int) -> Upload:
        """The file that is sent, as the body or in a form.

        Raises:
            TooLarge: it exceeds `max_bytes`.
            BadRequest: there is none.
        """
        from shared.upload import FORM_BYTES, read_upload  # noqa: PLC0415 - two functions take files

        self.limit_body(max_bytes + (FORM_BYTES if self.request.mimetype == "multipart/form-data" else 0))
        return read_upload(self.request)

    def limit_body(self, max_bytes: int) -> None:
        """Refuses a longer body, at once where its length is announced.

        Raises:
            TooLarge: it is announced to be longer.
        """
        if (self.request.content_length or 0) > max_bytes:
            raise TooLarge(f"the body may have {max_bytes:,} bytes, not {self.request.content_length:,}")
        self.request.max_content_length = max_bytes

    def forget_user(self) -> None:
        """Makes the caller's tokens be looked up again: the user was erased."""
        deps().authenticator.forget(self.user_id)

    def check_if_match(self, document: str) -> None:
        """Guards a change against one made since the caller read: compares `If-Match` with what is there.

        Raises:
            PreconditionFailed: it was changed.
        """
        header = self.request.headers.get("If-Match")
        if header is not None and not matches(etag_of(document), header):
            raise PreconditionFailed


def _send_events(tx: Session) -> None:
    if tx.topics and deps().publisher is not None:
        from shared.pubsub import send_appended  # noqa: PLC0415 - only functions that append pay for it

        send_appended(tx.topics)


def endpoint(*, answers: Mapping[int, str | None], public: bool = False) -> Callable[[Handler], View]:
    """Makes a Cloud Function of a handler of calls.

    Args:
        answers: the model of each successful status, by its name in the area's `answers.py` or `shared.models`, None
            for one without a body; a media type for one that is not JSON. For the OpenAPI document.
        public: no token is asked for.
    """

    def decorate(handler: Handler) -> View:
        function = functions()[handler.__name__]

        def view(request: Request) -> Response:
            return _answer(handler, function, request, public=public)

        return _registered(handler, view, answers=answers, public=public)

    return decorate


def answer_problems(app: Flask) -> None:
    """Makes a problem document also of what the framework refuses by itself, and of what a consumer puts off.

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
    """Makes a Cloud Function of a handler that a schedule or an operator calls; in the cloud IAM guards it."""
    function = functions()[handler.__name__]

    def view(request: Request) -> Response:
        return _answer(handler, function, request, public=True)

    return _registered(handler, view, answers={}, public=True)


def _registered(handler: Handler, view: View, **traits: Any) -> View:
    """Registers a view under the handler's name, which is what the framework looks for."""
    view.__name__ = view.__qualname__ = handler.__name__
    view.__module__, view.__doc__ = handler.__module__, handler.__doc__
    registered: Any = functions_framework.http(view)
    registered.traits = traits
    made: View = registered
    return made


def _answer(handler: Handler, function: Function, request: Request, *, public: bool) -> Response:
    started = time.monotonic()
    headers = request.headers
    trace = deps().telemetry.trace(headers.get("traceparent", ""), headers.get("X-Cloud-Trace-Context", ""))
    trace.begin("http" if function.http else "call", function.http or function.name)
    error = ""
    call = Call(request, function)
    limits: dict[str, str] = {}
    try:
        if not public:
            limits = _limited(call)
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
    reply.headers |= limits
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


def _limited(call: Call) -> dict[str, str]:
    """Takes the call out of the user's rate limit and tells what is left of it.

    Raises:
        RateLimited: nothing is left.
    """
    settings = deps().settings
    rate, burst = settings.rate_limit_per_minute, settings.rate_limit_burst
    allowance = call.cache.take_token(call.user_id, per_minute=rate, burst=burst)
    if allowance is None:
        return {}
    if allowance.retry_after_ms:
        raise RateLimited(
            f"at most {burst} requests at once and {rate} a minute", retry_after_s=allowance.retry_after_ms / 1000
        )
    return {
        "RateLimit-Policy": f'"user";q={burst};w={max(1, burst * 60 // rate)}',
        "RateLimit": f'"user";r={allowance.remaining};t=1',
    }


def _leave_unread(request: Request, response: Response) -> None:
    """Refuses a body without reading it.

    The framework reads the whole request before any answer that is not streamed; for one that was refused because of
    its size that would be all the work that the refusal saves. So the refusal is streamed, and the connection closed.
    """
    if response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        response.response = iter([response.get_data()])
        response.headers["Connection"] = "close"
        request.max_content_length = None
