"""The lines of a card: taken apart, and put together again with each property as its writer spelt it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# RFC 6350 section 3.2, without the line end.
MAX_LINE_BYTES = 75
_FOLD = re.compile(r"\r?\n[ \t]")
_BREAK = re.compile(r"\r\n|\n|\r")
# Group, name and parameters; a parameter in quotes may hold a colon.
_HEAD = re.compile(r'(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)((?:;(?:[^":;]|"[^"]*")*)*):', re.DOTALL)
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "", ",": "\\,", ";": "\\;"})
# Control characters, which XML cannot carry; tabulators and line ends stay.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Line(NamedTuple):
    """One property, unfolded.

    Attributes:
        group: what ties it to its label, such as `item1`; empty without.
        spelt: its name as written.
        params: everything between name and colon, each with its semicolon.
        value: everything after the colon, escaped.
    """

    group: str
    spelt: str
    params: str
    value: str

    @property
    def name(self) -> str:
        """The name in upper case."""
        return self.spelt.upper()

    @property
    def text(self) -> str:
        """The line as it stands in a card, before it is folded."""
        return f"{self.group + '.' if self.group else ''}{self.spelt}{self.params}:{self.value}"


def plain(name: str, value: str, params: str = "") -> Line:
    """A line without a group, of a text that is not yet escaped."""
    return Line("", name, params, escaped(value))


def escaped(text: str) -> str:
    """A text as the value of a property."""
    return text.translate(_ESCAPES)


def unescaped(text: str) -> str:
    r"""A value as text: `\n \, \; \\` undone."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text, flags=re.DOTALL)


def cleaned(card: str) -> str:
    """A card without the control characters that no answer in XML could carry; the same text where it has none."""
    return _CONTROLS.sub("", card)


def split_lines(card: str) -> list[Line]:
    """The properties of a card in order, BEGIN and END among them; a line that is none goes with the property before it."""
    lines: list[Line] = []
    for raw in _BREAK.split(_FOLD.sub("", card)):
        head = _HEAD.match(raw)
        if head is not None:
            lines.append(Line(head[1] or "", head[2], head[3], raw[head.end() :]))
        elif raw.strip() and lines:
            lines[-1] = lines[-1]._replace(value=f"{lines[-1].value}\\n{raw}")
    return lines


def join_lines(lines: Iterable[Line]) -> str:
    """The card of these properties, folded."""
    return "".join(map(_folded, (line.text for line in lines)))


def names(card: str) -> set[str]:
    """The names of a card's properties."""
    return {line.name for line in split_lines(card)}


def _folded(line: str) -> str:
    if len(line) * 4 <= MAX_LINE_BYTES or len(line.encode("utf-8", "replace")) <= MAX_LINE_BYTES:
        return line + "\r\n"
    if line.isascii():
        first, rest = line[:MAX_LINE_BYTES], line[MAX_LINE_BYTES:]
        width = MAX_LINE_BYTES - 1  # the blank that begins a folded line counts
        return "\r\n ".join([first, *(rest[at : at + width] for at in range(0, len(rest), width))]) + "\r\n"
    parts, size, start = [], 0, 0
    for place, character in enumerate(line):
        width = len(character.encode("utf-8", "replace"))
        if size + width > MAX_LINE_BYTES:
            parts.append(line[start:place])
            start, size = place, 1
        size += width
    return "\r\n ".join([*parts, line[start:]]) + "\r\n"
