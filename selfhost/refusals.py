"""Answers to invalid requests: RFC 9457 documents in place of gunicorn's pages."""

from __future__ import annotations

from dataclasses import dataclass

from gunicorn.http import errors

from selfhost.bodies import BodyTooLarge
from selfhost.gateway import problem
from selfhost.headers import SECURITY_HEADERS
from selfhost.incoming import (
    HEAD_LIMIT_BYTES,
    HEADER_FIELD_BYTES,
    HEADER_FIELDS,
    REQUEST_LINE_BYTES,
    NoRoom,
    TooManyChunks,
)

RETRY_AFTER_S = 2


class TooSlow(Exception):
    """The rest of a request did not come in time."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A complete answer.

    Attributes:
        status: HTTP status.
        data: status line, headers and body.
    """

    status: int
    data: bytes


# The first class that matches. The client's bytes are not quoted: they may be another client's, or a secret.
_ANSWERS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (TooSlow, 408, "timeout", "The rest of the request did not come in time."),
    (BodyTooLarge, 413, "too_large", "The body is larger than 32 MB."),
    (NoRoom, 503, "unavailable", "This server is receiving more data than it can keep; try again in a moment."),
    (TooManyChunks, 400, "bad_request", "The body comes in chunks that are too small."),
    (errors.LimitRequestLine, 414, "uri_too_long", f"The request line is longer than {REQUEST_LINE_BYTES} bytes."),
    (
        errors.LimitRequestHeaders,
        431,
        "headers_too_large",
        f"The headers exceed a limit: {HEADER_FIELDS} headers of {HEADER_FIELD_BYTES} bytes each, {HEAD_LIMIT_BYTES} bytes in all.",
    ),
    (errors.ExpectationFailed, 417, "expectation_failed", "Expect: only 100-continue is supported."),
    (errors.UnsupportedTransferCoding, 501, "not_implemented", "Transfer-Encoding: only chunked is supported."),
    (errors.InvalidRequestLine, 400, "bad_request", "The request line is not valid HTTP."),
    (errors.InvalidRequestMethod, 400, "bad_request", "The method is not valid HTTP."),
    (errors.InvalidHTTPVersion, 400, "bad_request", "This version of HTTP is not supported."),
    (errors.InvalidResponseHeader, 500, "internal", "Something went wrong."),
    (errors.InvalidResponseHeaderName, 500, "internal", "Something went wrong."),
    (errors.ConfigurationProblem, 500, "internal", "Something went wrong."),
    (errors.InvalidChunkSize, 400, "bad_request", "The chunks of the body are not valid HTTP."),
    (errors.InvalidChunkExtension, 400, "bad_request", "The chunks of the body are not valid HTTP."),
    (errors.ChunkMissingTerminator, 400, "bad_request", "The chunks of the body are not valid HTTP."),
    (errors.ParseException, 400, "bad_request", "The headers are not valid HTTP."),
)
_UNKNOWN = (500, "internal", "Something went wrong.")


def refusal(error: Exception) -> Refusal:
    """Build the answer to an error of a request."""
    status, code, detail = next((answer[1:] for answer in _ANSWERS if isinstance(error, answer[0])), _UNKNOWN)
    answer = problem(status, code, detail)
    answer.headers["Connection"] = "close"
    for name, value in SECURITY_HEADERS.items():
        answer.headers[name] = value
    if status == 503:  # noqa: PLR2004 - HTTP's own number
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    head = f"HTTP/1.1 {answer.status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    return Refusal(status, head.encode("latin-1") + b"\r\n" + answer.get_data())
