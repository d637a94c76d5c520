"""Request bodies as Cloud Run passes them on: of known length, and never too large."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIEnvironment

# Cloud Run's limit over HTTP/1, and a little for the form around a file of that size.
BODY_LIMIT_BYTES = 32 * 1024 * 1024 + 64 * 1024
CHUNK_BYTES = 64 * 1024
IN_MEMORY_BYTES = 1024 * 1024


class BodyTooLarge(Exception):
    """The body exceeds the limit, or its announced length does."""


def admit(environ: WSGIEnvironment, limit_bytes: int = BODY_LIMIT_BYTES) -> IO[bytes] | None:
    """Check the announced length of a body; collect a body that comes in chunks, so that its length is known.

    Args:
        environ: the WSGI environment; gets `CONTENT_LENGTH` and another `wsgi.input` for a body in chunks.
        limit_bytes: the largest body.

    Returns:
        The collected body, to be closed after the request; None for a body that was not collected.

    Raises:
        BodyTooLarge: the body exceeds the limit; no more than the limit was read.
        ValueError: the announced length is not a number.
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
