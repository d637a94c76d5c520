"""Properties of vCards out of a stream of bytes, for every version and most ways of breaking them.

vobject, the one kept parser in Python, reads 7 of the 18 address books our tests have: it stops at the first line that it
cannot read (a quoted-printable value over two lines, a photo with doubled line ends, a card cut off), knows one charset for
the whole file, and takes four times as long. An address book must not lose 999 cards to one bad line.
"""

from __future__ import annotations

import binascii
import io
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from shared.formats.encoding import ERRORS, Survey, charset, is_mostly_utf8
from shared.formats.source import Source, Unowned

if TYPE_CHECKING:
    from collections.abc import Iterator

# Skipped while they are read: tens of kilobytes of pictures, sounds and certificates.
_BULKY = frozenset(
    {"PHOTO", "LOGO", "SOUND", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN", "X-WAB-GENDER-PICTURE", "THUMBNAILPHOTO"}
)
_PROPERTY = re.compile(rb"[ \t]*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?[ \t]*(?:;[^:]*)?:")
_OPEN_HEAD = re.compile(rb"[ \t]*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?[ \t]*;[^:]*$")
_QUOTED_HEAD = re.compile(rb'((?:[^":]|"[^"]*")*):')
# Marks that nobody sees, as files have them that were joined or copied: byte order marks, zero-width and direction marks.
_MARK = rb"(?:\s|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0\xa6-\xa9]|\xc2[\xa0\xad])*"
_BEGIN = re.compile(rb"%(mark)bBEGIN\s*:\s*VCARD%(mark)b" % {b"mark": _MARK}, re.IGNORECASE)
# The next card may begin on the line on which one ends, where the last line of a file had no end before it was joined.
_END = re.compile(
    rb"%(mark)bEND\s*:\s*VCARD%(mark)b(?P<begin>BEGIN\s*:\s*VCARD%(mark)b)?" % {b"mark": _MARK}, re.IGNORECASE
)
_MARKS = re.compile(_MARK)
# The first bytes of lines on which a card may begin or end.
_EDGES = frozenset(bytes([byte]) for byte in (*b"BbEe \t", *range(0x80, 0x100)))
MAX_CACHED_HEAD = 120  # bytes; longer ones do not repeat
MAX_HEAD = 4096
MAX_VALUE = 4 * 1024 * 1024  # bytes; photos are skipped, and nothing else is as long
MAX_PROPERTIES = 2000  # of one card; full ones have a hundred
_ENCODINGS = {"QUOTED-PRINTABLE": "qp", "Q": "qp", "BASE64": "b64", "B": "b64"}
_EAST_ASIAN = frozenset({"gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949"})
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "N": "\n", "\\": "\\", ",": ",", ";": ";", ":": ":", '"': '"', "'": "'"}
# Stand-ins for escaped separators while a value is split; no decoded text holds lone surrogates.
_HIDE = (("\\\\", "\udc00"), ("\\;", "\udc01"), ("\\,", "\udc02"))
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Head:
    """The part before the colon: `item1.TEL;TYPE=CELL,VOICE`.

    Attributes:
        name: upper case, without the group.
        types: the types in lower case, written in whichever way.
        params: other parameters, names in upper case.
    """

    group: str
    name: str
    types: frozenset[str]
    params: dict[str, str]
    encoding: str
    charset: str | None


@dataclass(slots=True)
class Property:
    """A property with its text, transfer encoding and charset undone, escapes not."""

    head: Head
    text: str


@dataclass(slots=True)
class Card:
    """The properties between BEGIN and END.

    Attributes:
        line: where BEGIN stands.
        complete: END was there.
        has_nul: some value held a NUL character.
        is_overfull: it had more or longer properties than any card; these are not all or not whole.
    """

    line: int
    properties: list[Property] = field(default_factory=list)
    complete: bool = False
    has_nul: bool = False
    is_overfull: bool = False


def read_cards(source: Source, survey: Survey) -> Iterator[Card]:
    """The cards of a file in order; one that is cut off, by the end of the file or the next BEGIN, is not `complete`."""
    card: Card | None = None
    pending = _Pending(survey.fallback)
    nested = 0  # depth inside a card that another one holds (AGENT)
    indent: bytes | None = (
        b""  # what stands before every line of the card, as in one that was copied from a page; None until its first line
    )
    for number, line in enumerate(_physical_lines(source, survey), start=1):
        begins, ends = _edge(line) if line[:1] in _EDGES else (False, False)
        if ends and nested:
            nested -= 1
        elif ends and card is not None:
            pending.finish(card, cut=False)
            card.complete = True
            yield card
            card = None
        if begins and card is not None and (nested or ends or pending.is_agent()):
            nested += 1
        elif begins:
            if card is not None:
                pending.finish(card, cut=False)
                yield card
            card = Card(number)
            pending = _Pending(survey.fallback)
            indent = None
        elif card is not None and not ends and not nested:
            if indent is None and line.strip():
                indent = line[: len(line) - len(line.lstrip(b" \t"))]
            pending.add(card, line.removeprefix(indent or b""))
    if card is not None:
        pending.finish(card, cut=True)
        yield card


def _edge(line: bytes) -> tuple[bool, bool]:
    """Whether a card begins on a line, and whether one ends there (before that)."""
    first = line[:5].lstrip()[:1]
    if first > b"\x7f":
        first = _MARKS.sub(b"", line[:64], count=1)[:1]
    if first in (b"B", b"b"):
        return _BEGIN.fullmatch(line) is not None, False
    if first in (b"E", b"e") and (end := _END.fullmatch(line)) is not None:
        return end["begin"] is not None, True
    return False, False


def _physical_lines(source: Source, survey: Survey) -> Iterator[bytes]:
    """Lines as UTF-8 or in the file's own code page, without their ends."""
    raw = io.BufferedReader(Unowned(source.open()), buffer_size=256 * 1024)
    if survey.encoding.startswith(("utf-16", "utf-32", "iso2022")):
        text = io.TextIOWrapper(raw, encoding=survey.encoding, errors="replace", newline="\n")
        for text_line in text:
            yield text_line.encode("utf-8", "replace").rstrip(b"\r\n").removeprefix(_UTF8_MARK)
        return
    first = True
    for bytes_line in raw:
        line = bytes_line.rstrip(b"\r\n")
        if first:
            line, first = line.removeprefix(_UTF8_MARK), False
        if b"\r" in line and line.upper().count(b"\rEND:VCARD") + line.upper().count(b"\rVERSION:"):
            yield from line.split(b"\r")  # line ends of the old Mac
        else:
            yield line


class _Pending:
    """The property being put together from its lines."""

    def __init__(self, fallback: str) -> None:
        self._fallback = fallback
        self._head: Head | None = None
        self._value = bytearray()
        self._skips = False
        self._soft_break = False  # the last line ended in a quoted-printable soft break
        self._blank = False  # and an empty line came after it
        self._open_head = b""  # a head whose colon is on a line to come

    def is_agent(self) -> bool:
        """Whether a card that begins here belongs to the property before it."""
        return self._head is not None and self._head.name == "AGENT"

    def add(self, card: Card, line: bytes) -> None:
        """Take one more line: a new property, or more of the last one."""
        if not line or line.isspace():
            self._blank = True
            return
        blank, self._blank = self._blank, False
        folded = line[0] in b" \t"
        if self._open_head:
            if folded:
                self._extend_head(card, line[1:])
                return
            self._close_head(card)
        begins = _PROPERTY.match(line) is not None
        if (self._soft_break or (folded and self._head is not None)) and not (blank and begins):
            self._continue(card, line if self._soft_break else line[1:])
        elif begins and (end := _head_end(line)) >= 0:
            self.finish(card, cut=False)
            self._start(card, line, end)
        elif begins or _OPEN_HEAD.match(line):
            self._open_head = line
        else:
            self._add_raw(card, line)

    def _extend_head(self, card: Card, line: bytes) -> None:
        """More of a head so long that it was folded before its colon."""
        self._open_head += line
        end = _head_end(self._open_head)
        if end >= 0:
            line, self._open_head = self._open_head, b""
            self.finish(card, cut=False)
            self._start(card, line, end)
        elif len(self._open_head) > MAX_HEAD:
            card.is_overfull = True
            self._open_head = self._open_head[:MAX_HEAD]

    def _close_head(self, card: Card) -> None:
        """End a head that seemed to go on: it has a quote too few, or is text."""
        line, self._open_head = self._open_head, b""
        if _PROPERTY.match(line):
            self.finish(card, cut=False)
            self._start(card, line, line.index(b":"))
        else:
            self._add_raw(card, line)

    def _add_raw(self, card: Card, line: bytes) -> None:
        """A fold that lost its leading blank, or a line break that nobody escaped."""
        if self._head is not None and not self._skips:
            self._append(card, line if self._head.encoding else b"\\n" + line)

    def finish(self, card: Card, *, cut: bool) -> None:
        """Give the card its property; one that the end of the file may have cut is left out."""
        if self._open_head:
            self._close_head(card)
        head, self._head = self._head, None
        if head is None or self._skips or (cut and self._soft_break):
            return
        if len(card.properties) >= MAX_PROPERTIES:
            card.is_overfull = True
            return
        text = decode_value(bytes(self._value), head, self._fallback)
        if "\0" in text:
            card.has_nul = True
        card.properties.append(Property(head, text))

    def _start(self, card: Card, line: bytes, end: int) -> None:
        head = line[:end]
        self._head = parse_head(head) if len(head) <= MAX_CACHED_HEAD else parse_head.__wrapped__(head)
        self._skips = self._head.name in _BULKY or (
            self._head.encoding == "b64" and self._head.name in ("KEY", "X509CERT")
        )
        self._soft_break = False
        self._value = bytearray()
        self._continue(card, line[end + 1 :])

    def _continue(self, card: Card, line: bytes) -> None:
        if self._skips or self._head is None:
            return
        self._soft_break = self._head.encoding == "qp" and line.endswith(b"=")
        self._append(card, line[:-1] if self._soft_break else line)

    def _append(self, card: Card, line: bytes) -> None:
        if len(self._value) + len(line) <= MAX_VALUE:
            self._value += line
        else:
            card.is_overfull = True


def _head_end(line: bytes) -> int:
    """Where the colon after the head is; -1 where this line has none outside quotes."""
    end = line.find(b":", 0, MAX_HEAD)
    if line.find(b'"', 0, max(end, 0)) >= 0:
        quoted = _QUOTED_HEAD.match(line, 0, MAX_HEAD)
        end = quoted.end() - 1 if quoted else -1
    return end


@lru_cache(maxsize=2048)
def parse_head(raw: bytes) -> Head:
    """Name, group and parameters; a vCard file repeats a few of these, hence the cache."""
    text = raw.decode("utf-8", "replace").strip()
    pieces = _split_params(text)
    group, _, name = pieces[0].strip().rpartition(".")
    types: list[str] = []
    params: dict[str, str] = {}
    encoding, named_charset = "", None
    for piece in pieces[1:]:
        key, separator, value = piece.partition("=")
        key, value = key.strip().upper(), value.strip().strip('"')
        if not separator:
            key, value = ("ENCODING", key) if key in _ENCODINGS else ("TYPE", key)
        if key == "ENCODING":
            encoding = _ENCODINGS.get(value.upper(), encoding)
        elif key == "CHARSET":
            named_charset = charset(value)
        elif key == "TYPE":
            types += [word.strip().strip('"').lower() for word in value.split(",")]
        else:
            params[key] = value
    return Head(group.lower(), name.upper(), frozenset(types), params, encoding, named_charset)


def _split_params(text: str) -> list[str]:
    if '"' not in text:
        return text.split(";")
    return [piece for piece in re.findall(r'(?:[^";]|"[^"]*"?)+', text) if piece]


def decode_value(raw: bytes, head: Head, fallback: str) -> str:
    """The text of a value: transfer encoding undone, in the charset it is in rather than the one it claims where they differ."""
    if head.encoding == "qp":
        raw = binascii.a2b_qp(raw)
    elif head.encoding == "b64":
        try:
            raw = binascii.a2b_base64(raw)
        except binascii.Error:
            return ""
    if head.charset in _EAST_ASIAN:
        text = raw.decode(head.charset, "replace")
        if "\ufffd" not in text:
            return text
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        declared = head.charset if head.charset not in (None, "utf-16") else None
        if declared == "utf-8" or is_mostly_utf8(raw):
            text = raw.decode("utf-8", ERRORS)
        else:
            text = raw.decode(declared or fallback, "replace")
    return text.replace("\r\n", "\n") if head.encoding == "qp" else text


def unescape(text: str) -> str:
    r"""Undo `\n \, \; \\`; a backslash before anything else (`C:\Temp`) is one."""
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[0]), text) if "\\" in text else text


def split(text: str, separator: str) -> list[str]:
    """The unescaped parts of a structured (`;`) or list (`,`) value, trimmed."""
    if "\\" not in text:
        return [part.strip() for part in text.split(separator)]
    for escaped, stand_in in _HIDE:
        text = text.replace(escaped, stand_in)
    parts = []
    for part in text.split(separator):
        for escaped, stand_in in _HIDE:
            part = part.replace(stand_in, escaped)  # noqa: PLW2901  # the same text, restored
        parts.append(unescape(part).strip())
    return parts
