"""Header blocks out of an mbox of any size, of any of its kinds (mboxo, mboxrd, mboxcl, Takeout); bodies are passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK_BYTES = 1024 * 1024
LONGEST_HEAD = 256 * 1024  # a block without an end is cut here
_SEPARATOR = b"\nFrom "
_LONGEST_LINE = 2000
# A line of prose may begin with "From "; a separator has a day and a time, and a header field behind it. An empty line before it
# is not asked for: archives leave it out.
_DAY_NAME = re.compile(rb"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b")
_TIME = re.compile(rb"\d\d:\d\d")
_ISO_TIME = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_FIELD = re.compile(rb">?[!-9;-~]+[ \t]*:|>From ")


class Head(NamedTuple):
    """The header block of a message.

    Attributes:
        line: the From_ line before it.
        block: its lines.
    """

    line: bytes
    block: bytes


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file begins as an mbox does, perhaps after a mark of UTF-8 and empty lines."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return is_separator(start[:_LONGEST_LINE].partition(b"\n")[0])


def is_separator(line: bytes) -> bool:
    """Whether a line is the first of a message, and no prose that begins with "From "."""
    if not line.startswith(b"From "):
        return False
    day = _DAY_NAME.search(line)
    return bool((day and _TIME.search(line, day.end())) or _ISO_TIME.search(line))


def heads(stream: BinaryIO) -> Iterator[Head]:
    """The header blocks of an mbox; memory is bounded by a chunk and the longest block."""
    buffer = _Buffer(stream)
    position = 0
    while (found := buffer.find_separator(position)) >= 0:
        start = buffer.drop(found + 1)
        line_end = buffer.find_line_end(start)
        if line_end < 0:
            position = start + len(_SEPARATOR) - 1
            continue
        buffer.fill(line_end + 1 + _LONGEST_LINE)
        if not (is_separator(buffer.data[start:line_end]) and _FIELD.match(buffer.data, line_end + 1)):
            position = line_end
            continue
        end = buffer.find_empty_line(line_end)
        yield Head(buffer.data[start : line_end + 1], buffer.data[line_end + 1 : end])
        position = end


class _Buffer:
    """A window on the stream that grows at its end and is cut at its beginning."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.data = b"\n" + stream.read(CHUNK_BYTES).removeprefix(b"\xef\xbb\xbf")

    def drop(self, position: int) -> int:
        """Forget what stands before a position, where that is worth a copy; return where the position is now."""
        if position < CHUNK_BYTES:
            return position
        self.data = self.data[position:]
        return 0

    def more(self) -> bool:
        """Read another chunk; False at the end of the stream."""
        chunk = self._stream.read(CHUNK_BYTES)
        self.data += chunk
        return bool(chunk)

    def fill(self, end: int) -> None:
        """Read until the window reaches a position, or the stream ends."""
        while len(self.data) < end and self.more():
            pass

    def find_separator(self, position: int) -> int:
        """The place of the next line that begins as a separator does; -1 where none follows. Forgets what was searched."""
        while (found := self.data.find(_SEPARATOR, position)) < 0:
            position = max(0, len(self.data) - len(_SEPARATOR) + 1)
            self.data = self.data[position:]
            position = 0
            if not self.more():
                return -1
        return found

    def find_line_end(self, start: int) -> int:
        """The end of the line at a place; -1 where it is too long to be a separator."""
        self.fill(start + _LONGEST_LINE)
        return self.data.find(b"\n", start, start + _LONGEST_LINE)

    def find_empty_line(self, line_end: int) -> int:
        """The end of the block that follows a line: its first empty line, whatever the line ends."""
        searched = line_end
        limit = line_end + LONGEST_HEAD
        while True:
            stop = min(len(self.data), limit)
            plain = self.data.find(b"\n\n", searched, stop)
            windows = self.data.find(b"\n\r\n", searched, plain if plain >= 0 else stop)
            if windows >= 0 or plain >= 0:
                return (windows if windows >= 0 else plain) + 1
            searched = max(line_end, stop - 2)
            if stop == limit or not self.more():
                return stop
