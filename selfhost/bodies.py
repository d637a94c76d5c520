"""Request bodies as the cloud's front end hands them on: of known length, and never too large."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIEnvironment

# What Cloud Run takes over HTTP/1, and a little for the frame of a multipart body around a file of that size.
BODY_LIMIT_BYTES = 32 * 1024 * 1024 + 64 * 1024
CHUNK_BYTES = 64 * 1024
IN_MEMORY_BYTES = 1024 * 1024


class BodyTooLarge(Exception):
    """The request's body exceeds the limit, or says that it will."""


def admit(environ: WSGIEnvironment, limit_bytes: int = BODY_LIMIT_BYTES) -> IO[bytes] | None:
    """Check the length a body announces; one sent in chunks is collected, so that its length is known.

    Args:
        environ: of the request; gets `CONTENT_LENGTH` and another `wsgi.input` when the body came in chunks.
        limit_bytes: the most that is let through.

    Returns:
        What was collected, to be closed after the request; None when nothing was.

    Raises:
        BodyTooLarge: nothing more of it was read than the limit.
        ValueError: the length is no number.
    """
    length = environ.get("CONTENT_LENGTH", "")
    if length:
        if int(length) > limit_bytes:
            raise BodyTooLarge
        return None
    if "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        return None
    collected: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - closed after the request
    size = 0
    for chunk in _chunks(environ["wsgi.input"]):
        size += len(chunk)
        if size > limit_bytes:
            collected.close()
            raise BodyTooLarge
        collected.write(chunk)
    collected.seek(0)
    environ["wsgi.input"] = collected
    environ["CONTENT_LENGTH"] = str(size)
    del environ["HTTP_TRANSFER_ENCODING"]
    return collected


def _chunks(body: IO[bytes]) -> Iterator[bytes]:
    while chunk := body.read(CHUNK_BYTES):
        yield chunk
