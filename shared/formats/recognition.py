"""Which format a file has: what decides is its content; content type and file name are hints, often wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from shared.errors import UnsupportedFormat, quoted
from shared.formats.encoding import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shared.formats.source import Source

Format = Literal["archive", "blank", "vcard", "json", "ldif", "table"]
_BEGIN_CARD = re.compile(
    r"(?:^|[\r\n])[ \t\xa0\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*BEGIN[ \t]*:[ \t]*VCARD",
    re.IGNORECASE,
)
_JSON_START = re.compile(r"\s*[\[{]")
_LDIF_START = re.compile(r"(?>\s|#[^\n]*\n|version:\s*+\d++)*+dn::?\s", re.IGNORECASE)
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# First bytes of files that people try, and what to do with them instead.
_FOREIGN = (
    (b"%PDF", "a PDF document: export the {subject} as {formats} instead"),
    (b"\xd0\xcf\x11\xe0", "an Excel or Outlook file of the old binary kind: save or export it as CSV"),
    (b"\x1f\x8b", "gzip-compressed: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x89PNG", "a picture: export the {subject} as {formats} instead"),
    (b"\xff\xd8\xff", "a picture: export the {subject} as {formats} instead"),
    (b"GIF8", "a picture: export the {subject} as {formats} instead"),
    (b"SQLite format 3", "a database file: export the {subject} as {formats} instead"),
    (b"!BDN", "an Outlook data file (.pst): export the {subject} from Outlook as CSV"),
)
# How text begins that is never a list of people.
_FOREIGN_TEXT = (
    (re.compile(r"BEGIN[ \t]*:[ \t]*VCALENDAR", re.IGNORECASE), "a calendar"),
    (re.compile(r"BEGIN[ \t]*:[ \t]*V(?!CARD|CALENDAR)\w+", re.IGNORECASE), "a list of notes, tasks or the like"),
    (re.compile(r"From \S+@?\S* +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? "), "a mailbox"),
    (
        re.compile(
            r"(?:[A-Z][A-Za-z-]+: ?[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?"
            r"(?:Received: from|Return-Path: ?<|MIME-Version: ?1|Message-ID: ?<|Delivered-To: ?\S+@)",
            re.IGNORECASE,
        ),
        "an e-mail",
    ),
    (re.compile(r"\{\\rtf"), "a document in RTF"),
    (re.compile(r"(?:[#;][^\n]*\n\s*)?\[[^\]\n]{1,80}\][ \t\r]*\n\s*[\w. -]{1,80}="), "a file of settings"),
)
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|\w+[\s>])", re.IGNORECASE)

_START_CHARS = 8 * 1024


class Recognised(NamedTuple):
    """The format of a file, and how it begins.

    Attributes:
        format: of its content; a `table` is any text that is nothing else.
        survey: how its bytes are read; None for an archive.
        text: how it begins.
    """

    format: Format
    survey: Survey | None
    text: str


def recognise(
    source: Source, declared: str | None, *, formats: Sequence[str], is_column: Callable[[str], bool]
) -> Recognised:
    """Find out what a file is from its first bytes, and how they spell text.

    Args:
        source: the file.
        declared: the charset that came with it, used only where its bytes can be that.
        formats: in which formats its list may be, as messages call them; the likeliest first.
        is_column: whether a text is the name of a column: below the header of a table a card is only the text of a cell.

    Raises:
        TooLarge: one line is too long to be read.
        UnsupportedFormat: it is of a kind that is never read.
    """
    head = source.head()
    if head.startswith(_ZIP_MAGIC):
        return Recognised("archive", None, "")
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise UnsupportedFormat(f"The file is {what.format(subject=source.subject, formats=either(formats[:2]))}")
    found = survey(source, declared)
    text = head.decode(found.encoding, "replace").lstrip("\ufeff")
    return Recognised(_format_of(source, text, formats, is_column), found, text)


def either(words: Sequence[str]) -> str:
    """`CSV, vCard or JSON`."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def declared_charset(content_type: str | None) -> str | None:
    """The charset that a content type names."""
    found = re.search(r"charset\s*=\s*\"?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return found[1] if found else None


def _format_of(source: Source, text: str, formats: Sequence[str], is_column: Callable[[str], bool]) -> Format:
    """The format of a file of text that begins with this one."""
    if not text.strip(" \t\r\n\0") and _is_blank(source):
        return "blank"
    if _is_vcard(text, is_column):
        return "vcard"
    if _JSON_START.match(text) and not _is_bracketed_text(text):
        return "json"
    if _MARKUP.match(text):
        raise UnsupportedFormat(
            f"The file is a web page or XML, beginning {quoted(text.strip()[:40])}: export the {source.subject} as {either(formats)}"
        )
    if _LDIF_START.match(text):
        return "ldif"
    start = text[:_START_CHARS].lstrip()
    for begins, what in _FOREIGN_TEXT:
        if begins.match(start):
            raise UnsupportedFormat(f"The file is {what}: export the {source.subject} as {either(formats)}")
    return "table"


def _is_vcard(text: str, is_column: Callable[[str], bool]) -> bool:
    """Whether cards begin here; below the header of a table a card is only the text of a cell."""
    begin = _BEGIN_CARD.search(text)
    if begin is None:
        return False
    before = text[: begin.start()].strip()
    if not before:
        return True
    cells = re.split(r"[,;\t|]", before.partition("\n")[0])
    return len(cells) == 1 or not any(is_column(cell.strip(' "')) for cell in cells)


def _is_bracketed_text(text: str) -> bool:
    """A delimited file whose first cell begins with a bracket (`[Export] Contacts,,`): no JSON value follows the bracket."""
    return re.match(r"\s*(?:\[\s*(?:[\[{\"\]\d]|null|true|false|$)|\{\s*(?:[\"}]|$))", text) is None


def _is_blank(source: Source) -> bool:
    return not any(chunk.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe") for chunk in source.chunks())
