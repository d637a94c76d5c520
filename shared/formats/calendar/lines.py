"""Lines of iCalendar: unfolded, and cut into name, parameters and value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK_BYTES = 1024 * 1024
# A property longer than this is cut: a picture inside the event, or a line that never ends.
LONGEST_LINE = 64 * 1024
_PARAMETER = re.compile(r';([^=;:",]*)=((?:"[^"]*"|[^;:",]*)(?:,(?:"[^"]*"|[^;:",]*))*)')
_ESCAPED = re.compile(r"\^(['n^])")
_MEANT = {"'": '"', "n": "\n", "^": "^"}


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; empty at the end."""
        ...


class Property(NamedTuple):
    """A line.

    Attributes:
        name: in capitals.
        parameters: by their names in capitals; lists as they stand.
        value: as it stands.
    """

    name: str
    parameters: dict[str, str]
    value: str


def unfolded(stream: Readable) -> Iterator[bytes]:
    """The lines of a calendar with their continuations; memory is bounded by a chunk and the longest line."""
    held: list[bytes] = []
    size = 0
    for line in _lines(stream):
        if line[:1] in {b" ", b"\t"}:
            if size < LONGEST_LINE:
                held.append(line[1:])
                size += len(line)
            continue
        if held:
            yield b"".join(held)[:LONGEST_LINE]
        held = [line]
        size = len(line)
    if held:
        yield b"".join(held)[:LONGEST_LINE]


def _lines(stream: Readable) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(CHUNK_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.rstrip(b"\r")
        if len(rest) > LONGEST_LINE:
            rest = rest[:LONGEST_LINE]
    if rest:
        yield rest.rstrip(b"\r")


def property_of(line: str) -> Property | None:
    """A line cut into its parts; None for a line that has no value."""
    name, mark, _ = line.partition(":")
    end = len(name)
    parameters: dict[str, str] = {}
    if ";" in name:
        name = name.partition(";")[0]
        end = len(name)
        while match := _PARAMETER.match(line, end):
            parameters.setdefault(match[1].strip().upper(), _plain(match[2]))
            end = match.end()
        mark = line[end : end + 1]
        if mark != ":":  # a parameter that breaks the rules; the value stands behind the last colon that can begin one
            end = line.find(":", end)
            mark = ":" if end >= 0 else ""
    return Property(name.strip().upper(), parameters, line[end + 1 :]) if mark else None


def _plain(value: str) -> str:
    """The value of a parameter without quotes, and the characters that RFC 6868 escapes."""
    if len(value) > 1 and value.startswith('"') and value.endswith('"') and '"' not in value[1:-1]:
        value = value[1:-1]
    return _ESCAPED.sub(lambda found: _MEANT[found[1]], value)
