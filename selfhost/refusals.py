"""Answers to what never became a request: RFC 9457 documents in place of gunicorn's pages."""

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
    """An answer as it is sent.

    Attributes:
        status: of HTTP.
        data: status line, headers and body.
    """

    status: int
    data: bytes


# The first kind that fits. What the client has sent is not repeated: it may be somebody else's, or a secret.
_ANSWERS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (TooSlow, 408, "timeout", "The request did not come to its end in time."),
    (BodyTooLarge, 413, "too_large", "The body is larger than 32 MB."),
    (NoRoom, 503, "unavailable", "More is being sent to this server than it can keep; try again in a moment."),
    (TooManyChunks, 400, "bad_request", "The body comes in chunks that are too small."),
    (errors.LimitRequestLine, 414, "uri_too_long", f"The request line is longer than {REQUEST_LINE_BYTES} bytes."),
    (
        errors.LimitRequestHeaders,
        431,
        "headers_too_large",
        f"There are at most {HEADER_FIELDS} headers of {HEADER_FIELD_BYTES} bytes, {HEAD_LIMIT_BYTES} in all.",
    ),
    (errors.ExpectationFailed, 417, "expectation_failed", "Of expectations, only 100-continue is met here."),
    (errors.UnsupportedTransferCoding, 501, "not_implemented", "Of transfer codings, only chunked is read here."),
    (errors.InvalidRequestLine, 400, "bad_request", "The request line is not one of HTTP."),
    (errors.InvalidRequestMethod, 400, "bad_request", "The method is not one of HTTP."),
    (errors.InvalidHTTPVersion, 400, "bad_request", "The version of HTTP is not one that is spoken here."),
    (errors.InvalidResponseHeader, 500, "internal", "Something went wrong."),
    (errors.InvalidResponseHeaderName, 500, "internal", "Something went wrong."),
    (errors.ConfigurationProblem, 500, "internal", "Something went wrong."),
    (errors.InvalidChunkSize, 400, "bad_request", "The body is not in chunks as HTTP has them."),
    (errors.InvalidChunkExtension, 400, "bad_request", "The body is not in chunks as HTTP has them."),
    (errors.ChunkMissingTerminator, 400, "bad_request", "The body is not in chunks as HTTP has them."),
    (errors.ParseException, 400, "bad_request", "The headers are not as HTTP has them."),
)
_UNKNOWN = (500, "internal", "Something went wrong.")


def refusal(error: Exception) -> Refusal:
    """What is answered to an error of a request."""
    status, code, detail = next((answer[1:] for answer in _ANSWERS if isinstance(error, answer[0])), _UNKNOWN)
    answer = problem(status, code, detail)
    answer.headers["Connection"] = "close"
    for name, value in SECURITY_HEADERS.items():
        answer.headers[name] = value
    if status == 503:  # noqa: PLR2004 - HTTP's own number
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    head = f"HTTP/1.1 {answer.status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    return Refusal(status, head.encode("latin-1") + b"\r\n" + answer.get_data())
