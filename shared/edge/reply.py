"""Answers of functions, and their HTTP responses: JSON, ETag, compression, problem documents."""

from __future__ import annotations

import hashlib
import json
import zlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response as FrameworkResponse

from shared.errors import (
    AnswerNotKept,
    BadRequest,
    Conflict,
    CrmError,
    Gone,
    InsufficientScope,
    InvalidToken,
    KeyBusy,
    KeyReused,
    LetterBudgetSpent,
    MergedAway,
    NotFound,
    OAuthError,
    OutOfCredits,
    PreconditionFailed,
    RateLimited,
    SharedAddress,
    TooLarge,
    Unauthenticated,
    Unavailable,
    UnsupportedFormat,
    ValidationFailed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed.wsgi import WSGIEnvironment
    from flask import Request
    from werkzeug.datastructures import Headers

JSON = "application/json"
PROBLEM = "application/problem+json"
# Compressing a shorter body saves less than a packet.
COMPRESS_FROM_BYTES = 1024
# Level 1 gives most of the saving for a fifth of the time.
_GZIP_LEVEL, _GZIP_WINDOW = 1, 31

# Headers of every answer, also without a load balancer: no content sniffing, no scripts, no frames, no caching of personal
# data. A reply's own headers replace them.
SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}

STATUS: dict[type[CrmError], HTTPStatus] = {
    BadRequest: HTTPStatus.BAD_REQUEST,
    Unauthenticated: HTTPStatus.UNAUTHORIZED,
    InvalidToken: HTTPStatus.UNAUTHORIZED,
    InsufficientScope: HTTPStatus.FORBIDDEN,
    OutOfCredits: HTTPStatus.PAYMENT_REQUIRED,
    NotFound: HTTPStatus.NOT_FOUND,
    Gone: HTTPStatus.GONE,
    MergedAway: HTTPStatus.GONE,
    Conflict: HTTPStatus.CONFLICT,
    SharedAddress: HTTPStatus.CONFLICT,
    KeyBusy: HTTPStatus.CONFLICT,
    AnswerNotKept: HTTPStatus.CONFLICT,
    PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UnsupportedFormat: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    ValidationFailed: HTTPStatus.UNPROCESSABLE_ENTITY,
    KeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    LetterBudgetSpent: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Response(FrameworkResponse):
    """The framework's response without its second pass over all headers, which corrects addresses that ours do not have."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """Return the headers unchanged; for a status without a body, as the framework strips them."""
        return self.headers if self.status_code == HTTPStatus.OK else super().get_wsgi_headers(environ)


class Reply:
    """The answer of a function.

    Attributes:
        status: the HTTP status.
        body: JSON text as Postgres or the cache gave it, a model, a JSON-able value, or chunks that are streamed.
        content_type: media type of the body.
        headers: further headers.
        etag: the body's version, from `etag_of`; a matching `If-None-Match` is answered with 304.
    """

    __slots__ = ("body", "content_type", "etag", "headers", "status")

    def __init__(
        self,
        status: int,
        body: str | bytes | dict[str, Any] | Iterable[bytes] | None = None,
        content_type: str = JSON,
        headers: dict[str, str] | None = None,
        etag: str = "",
    ) -> None:
        self.status = status
        self.body = body
        self.content_type = content_type
        self.headers = {} if headers is None else headers
        self.etag = etag


def etag_of(document: str | bytes) -> str:
    """Return a strong ETag: a digest of the body, so that it is right however the row was changed."""
    data = document.encode() if isinstance(document, str) else document
    return f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'


def matches(etag: str, header: str) -> bool:
    """Whether an `If-Match` or `If-None-Match` header names this version; weak marks and gzip suffixes are ignored."""
    return header.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in header.split(","))


def respond(reply: Reply, request: Request) -> Response:
    """Build the HTTP response of a reply to a request."""
    headers = reply.headers = SAFE_HEADERS | reply.headers
    if reply.etag:
        headers["ETag"] = reply.etag
        headers["Cache-Control"] = "private, no-cache"
        if request.method in {"GET", "HEAD"} and matches(reply.etag, request.headers.get("If-None-Match", "")):
            return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    body = reply.body
    if body is None:
        return Response(status=reply.status, headers=headers)
    if isinstance(body, str):
        data = body.encode()
    elif isinstance(body, bytes):
        data = body
    elif isinstance(body, dict):
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    else:
        return _streamed(reply, body, request)
    if len(data) >= COMPRESS_FROM_BYTES:
        headers["Vary"] = "Accept-Encoding"
        if _takes_gzip(request):
            headers["Content-Encoding"] = "gzip"
            data = zlib.compress(data, _GZIP_LEVEL, _GZIP_WINDOW)
    return Response(data, reply.status, headers, content_type=reply.content_type)


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _streamed(reply: Reply, chunks: Iterable[bytes], request: Request) -> Response:
    if _takes_gzip(request):
        reply.headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        chunks = _gzipped(chunks)
    return Response(chunks, reply.status, reply.headers, content_type=reply.content_type)


def _gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_WINDOW)
    for chunk in chunks:
        if compressed := compressor.compress(chunk):
            yield compressed
    yield compressor.flush()


def problem(error: CrmError) -> Reply:
    """Build the problem document (RFC 9457) of an error."""
    status = HTTPStatus(error.status) if isinstance(error, OAuthError) else STATUS[type(error)]
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": error.message,
        "code": error.code,
    }
    reply = Reply(status, document, content_type=PROBLEM)
    if isinstance(error, OAuthError):  # the words of RFC 6749, which programs read, beside ours
        document |= {"error": error.error, "error_description": error.message, "code": error.error}
        reply.content_type = JSON
    if isinstance(error, ValidationFailed):
        document["errors"] = [field.as_dict() for field in error.errors]
    if isinstance(error, MergedAway):
        document["merged_into"] = error.merged_into
    if isinstance(error, Unauthenticated):
        invalid = ', error="invalid_token"' if isinstance(error, InvalidToken) else ""
        reply.headers["WWW-Authenticate"] = f'Bearer realm="warmpath"{invalid}'
    if isinstance(error, InsufficientScope):
        scope = f', scope="{error.scope}"' if error.scope else ""
        reply.headers["WWW-Authenticate"] = f'Bearer realm="warmpath", error="insufficient_scope"{scope}'
    if isinstance(error, (RateLimited, Unavailable)):
        reply.headers["Retry-After"] = str(max(1, round(error.retry_after_s)))
    return reply


def internal_problem() -> Reply:
    """Build the answer to an unforeseen error, without any detail of it."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    document = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": "something went wrong here; the request id helps to find it",
        "code": "internal",
    }
    return Reply(status, document, content_type=PROBLEM)
