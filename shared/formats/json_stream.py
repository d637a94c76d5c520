"""Values out of a JSON file one after the other, with the line each begins on; a large file is never held whole."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.formats.source import Source, Unowned

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from shared.formats.encoding import Survey

CHUNK_CHARS = 256 * 1024
MAX_VALUE_CHARS = 40 * 1024 * 1024
_SPACE = re.compile(r"[ \t\r\n,\ufeff\x1e]*")
# Numbers stay text: a phone number or an id is not a quantity.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def parse_json(text: str) -> Any:
    r"""The value of a JSON text; half a character (`"\ud83d"`), which JSON can spell and UTF-8 cannot, becomes a `?`.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it is nested too deep.
    """
    value = json.loads(text)
    if "\\u" in text:
        value = json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    return value


@dataclass(slots=True)
class Broken:
    """A place where the file is not JSON.

    Attributes:
        rest_lost: nothing after it could be read.
    """

    message: str
    excerpt: str
    rest_lost: bool


class JsonStream:
    """The items of a file: of a list, of the list inside an object, of an object a line.

    Args:
        source: the file.
        survey: how its bytes are read.
        list_keys: under which of them the list stands inside an object.

    Attributes:
        meta: what stood beside the list in the object around it.
    """

    def __init__(self, source: Source, survey: Survey, list_keys: Container[str]) -> None:
        raw = io.BufferedReader(Unowned(source.open()), buffer_size=CHUNK_CHARS)
        self._text = io.TextIOWrapper(raw, encoding=survey.encoding, errors=survey.errors, newline="")
        self._list_keys = list_keys
        self._buffer = ""
        self._position = 0
        self._line = 1
        self._ended = False
        self.meta: dict[str, Any] = {}

    def items(self) -> Iterator[tuple[int, Any]]:
        """Each item with its line; a `Broken` where the file is not JSON."""
        while self._peek():
            character = self._peek()
            if character == "[":
                self._position += 1
                if not (yield from self._list()):
                    return
            elif character == "{":
                if not (yield from self._object()):
                    return
            elif character in "]}":
                self._position += 1
            else:
                line, value = self._line, self._value()
                yield line, value
                if isinstance(value, Broken) and not self._skip_line():
                    return

    def _list(self) -> Any:
        """Items up to the closing bracket; returns whether reading can go on after it."""
        while True:
            character = self._peek()
            if character == "]":
                self._position += 1
                return True
            if not character:
                yield self._line, Broken("the list is cut off: its closing bracket is missing", "", rest_lost=True)
                return False
            line, value = self._line, self._value()
            if isinstance(value, Broken):
                value.rest_lost = True
                yield line, value
                return False
            yield line, value

    def _object(self) -> Any:
        """An item, or an object around a list of them; returns whether reading can go on after it."""
        line, start = self._line, self._position
        self._position += 1
        seen: dict[str, Any] = {}
        has_list = False
        while self._peek() == '"':
            key = self._value()
            if isinstance(key, Broken) or self._peek() != ":":
                break
            self._position += 1
            if self._peek() == "[" and key in self._list_keys and self._next_after_bracket() in "{]":
                self.meta.update(seen)
                self._position += 1
                has_list = True
                if not (yield from self._list()):
                    return False
                continue
            value = self._value()
            if isinstance(value, Broken):
                yield line, value
                return self._skip_line()
            seen[key] = value
        if self._peek() != "}":
            excerpt = self._buffer[start : start + 200] if start < self._position else ""
            # Where the next line begins with a brace, the object before it was cut short, and this is the next one.
            at_next = self._peek() == "{" and self._line > line
            yield line, Broken("is not valid JSON object", excerpt, rest_lost=False)
            return at_next or self._skip_line()
        self._position += 1
        if not has_list:
            yield line, seen
        return True

    def _next_after_bracket(self) -> str:
        """The first character of the list that begins here."""
        here = self._position
        found = _SPACE.match(self._buffer, here + 1)
        position = found.end() if found else here + 1
        if position >= len(self._buffer) and not self._ended:
            self._more()
            return self._next_after_bracket()
        return self._buffer[position : position + 1] or "]"

    def _peek(self) -> str:
        """The next character that is not white space or comma; empty at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._position)
            end = found.end() if found else self._position
            self._line += self._buffer.count("\n", self._position, end)
            self._position = end
            if end < len(self._buffer):
                return self._buffer[end]
            if self._ended:
                return ""
            self._more()

    def _more(self, size: int = CHUNK_CHARS) -> None:
        chunk = self._text.read(size)
        self._ended = not chunk
        self._buffer = self._buffer[self._position :] + chunk
        self._position = 0

    def _value(self) -> Any:
        """The value that begins at the next character; Broken where no value begins."""
        self._peek()
        size = CHUNK_CHARS
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._position)
            except RecursionError:
                return Broken("is nested too deep", self._excerpt(), rest_lost=True)
            except ValueError as error:
                if self._ended or len(self._buffer) - self._position > MAX_VALUE_CHARS:
                    reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                    return Broken(f"is not valid JSON ({reason})", self._excerpt(), rest_lost=False)
                self._more(size)
                size *= 2
                continue
            # A number or a word may go on in the next chunk.
            if end == len(self._buffer) and not self._ended and not isinstance(value, dict | list):
                self._more(size)
                continue
            self._line += self._buffer.count("\n", self._position, end)
            self._position = end
            return value

    def _excerpt(self) -> str:
        return self._buffer[self._position : self._position + 200]

    def _skip_line(self) -> bool:
        """Go on after the next line end (an object a line); False at the end of the file."""
        while (end := self._buffer.find("\n", self._position)) < 0:
            self._position = len(self._buffer)
            if self._ended:
                return False
            self._more()
        self._position = end + 1
        self._line += 1
        return True
