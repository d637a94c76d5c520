"""A file to import that can be read from its beginning more than once, and what its bytes are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from shared.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK_BYTES = 1024 * 1024
HEAD_BYTES = 64 * 1024  # enough to distinguish every format


class Source(NamedTuple):
    """Bytes that can be read again from their beginning.

    Attributes:
        open: a fresh stream at the first byte; the one opened before must not be used any more.
        subject: what it should list, as messages call it: `contacts`.
    """

    open: Callable[[], BinaryIO]
    subject: str

    def head(self) -> bytes:
        """The first 64 KiB."""
        return read_up_to(self.open(), HEAD_BYTES)

    def chunks(self) -> Iterator[bytes]:
        """The whole of it, a MiB at a time."""
        stream = self.open()
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def from_stream(stream: BinaryIO, subject: str, *, max_bytes: int) -> Source:
    """Make a stream readable again and again: by seeking where it can, else by keeping its bytes.

    Args:
        stream: the bytes; must stay open while the source is read, and is not closed here.
        subject: what the file should list, as messages call it.
        max_bytes: the most that it may have.

    Raises:
        TooLarge: there are more.
    """
    if _seekable(stream):
        start = stream.tell()
        size = stream.seek(0, io.SEEK_END) - start

        def reopen() -> BinaryIO:
            stream.seek(start)
            return stream
    else:
        held = read_up_to(stream, max_bytes + 1)
        size = len(held)

        def reopen() -> BinaryIO:
            return io.BytesIO(held)

    if size > max_bytes:
        raise TooLarge(f"The file has more than {max_bytes // 1024 // 1024} MB: split it and import the parts")
    return Source(reopen, subject)


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """The next `size` bytes, fewer only at the end (one read() of a socket or an archive may give less)."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class Unowned(io.RawIOBase):
    """A view of a stream whose closing (also by the garbage collector) leaves the stream itself open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed says WriteableBuffer
        """Read what the stream has, up to the buffer's size."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _seekable(stream: BinaryIO) -> bool:
    try:
        return stream.seekable()
    except (AttributeError, OSError):
        return False
