"""Opens a file of contacts whatever it is: what decides is its content; content type and file name are hints, often wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from shared.contacts.importing.encoding import Survey, survey
from shared.contacts.importing.parsed import ContactFile
from shared.contacts.importing.source import Source, from_stream
from shared.errors import BadRequest, FieldError, UnsupportedFormat, ValidationFailed, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

_BEGIN_CARD = re.compile(r"(?:^|[\r\n])[ \t]*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_JSON_START = re.compile(r"\s*[\[{]")
_LDIF_START = re.compile(r"(?>\s|#[^\n]*\n|version:\s*+\d++)*+dn::?\s", re.IGNORECASE)
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# First bytes of files that people try, and what to do with them instead.
_FOREIGN = (
    (b"%PDF", "a PDF document: export the contacts as CSV or vCard instead"),
    (b"\xd0\xcf\x11\xe0", "an Excel or Outlook file of the old binary kind: save or export it as CSV"),
    (b"\x1f\x8b", "gzip-compressed: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x89PNG", "a picture: export the contacts as CSV or vCard instead"),
    (b"\xff\xd8\xff", "a picture: export the contacts as CSV or vCard instead"),
    (b"GIF8", "a picture: export the contacts as CSV or vCard instead"),
    (b"SQLite format 3", "a database file: export the contacts as CSV or vCard instead"),
    (b"!BDN", "an Outlook data file (.pst): export the contacts from Outlook as CSV"),
)
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|\w+[\s>])", re.IGNORECASE)


def open_contacts(
    stream: BinaryIO,
    *,
    content_type: str | None = None,
    filename: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> ContactFile:
    """Recognises a file of contacts; its records are read as they are asked for.

    Args:
        stream: the file's bytes, at most 32 MiB; must stay open while the records are read, and is not closed here.
        content_type: as the client sent it; its charset is used where the bytes allow.
        filename: as the client sent it.
        mapping: column -> field, over what is recognised (fields: `csv_columns.FIELDS`).

    Raises:
        BadRequest: there is nothing in it, or it is damaged.
        TooLarge: it holds more than can be taken in.
        UnsupportedFormat: it is no list of contacts in any format known here.
        ValidationFailed: the mapping names an unknown column or field, or no column can identify a person.
    """
    source = from_stream(stream, filename or "")
    return open_source(
        source,
        hint=f"{content_type or ''} {filename or ''}".lower(),
        declared=_charset_of(content_type),
        mapping=mapping or {},
    )


def open_source(source: Source, *, hint: str, declared: str | None, mapping: Mapping[str, str]) -> ContactFile:
    """As `open_contacts`, for bytes that can be read again (a file, or a member of an archive)."""
    head = source.head()
    if head.startswith(_ZIP_MAGIC):
        from shared.contacts.importing.zip_archive import open_zip  # noqa: PLC0415  # few imports are archives

        return open_zip(source, open_source, declared=declared, mapping=mapping)
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise UnsupportedFormat(f"The file is {what}")
    found = survey(source, declared)
    text = head.decode(found.encoding, "replace").lstrip("\ufeff")
    if not text.strip(" \t\r\n\0") and _is_blank(source):
        return _empty(hint)
    return _open_text(source, found, text, mapping)


def _open_text(source: Source, found: Survey, text: str, mapping: Mapping[str, str]) -> ContactFile:
    """As `open_source`, for a file of text that begins with this one."""
    if _is_vcard(text):
        from shared.contacts.importing.vcard import open_vcards  # noqa: PLC0415

        _without_columns("a vCard file", mapping)
        return open_vcards(source, found)
    if _JSON_START.match(text) and not _is_bracketed_text(text):
        from shared.contacts.importing.json_records import open_json  # noqa: PLC0415

        return open_json(source, found, mapping)
    if _MARKUP.match(text):
        raise UnsupportedFormat(
            f"The file is a web page or XML, beginning {quoted(text.strip()[:40])}: export the contacts as CSV, vCard or JSON"
        )
    if _LDIF_START.match(text):
        from shared.contacts.importing.ldif import open_ldif  # noqa: PLC0415

        _without_columns("an LDIF file", mapping)
        return open_ldif(source, found)
    if "@" in text.partition("\n")[0]:
        from shared.contacts.importing.recipients import open_recipients  # noqa: PLC0415

        if not mapping and (recipients := open_recipients(source, found)) is not None:
            return recipients
    from shared.contacts.importing.csv_reader import open_csv  # noqa: PLC0415

    return open_csv(source, found, mapping)


def _is_vcard(text: str) -> bool:
    """Whether cards begin here; below the header of a table a card is only the text of a cell."""
    begin = _BEGIN_CARD.search(text)
    if begin is None:
        return False
    before = text[: begin.start()].strip()
    if not before:
        return True
    from shared.contacts.importing.csv_columns import field_of  # noqa: PLC0415  # junk before cards is rare

    cells = re.split(r"[,;\t|]", before.partition("\n")[0])
    return len(cells) == 1 or not any(field_of(cell.strip(' "')) for cell in cells)


def _without_columns(what: str, mapping: Mapping[str, str]) -> None:
    """Refuses a mapping for a file that has no columns."""
    if mapping:
        raise ValidationFailed(
            [
                FieldError(
                    f"mapping.{name}", f"{what} has no columns, so {quoted(name)} is not in it: leave the mapping out"
                )
                for name in mapping
            ]
        )


def _is_bracketed_text(text: str) -> bool:
    """A delimited file whose first cell begins with a bracket (`[Export] Contacts,,`): no JSON value follows the bracket."""
    return re.match(r"\s*(?:\[\s*(?:[\[{\"\]\d]|null|true|false|$)|\{\s*(?:[\"}]|$))", text) is None


def _is_blank(source: Source) -> bool:
    return not any(chunk.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe") for chunk in source.chunks())


def _empty(hint: str) -> ContactFile:
    """An address book without cards is a file without a byte; any other empty file is a mistake."""
    if "vcard" in hint or ".vcf" in hint or "directory" in hint:
        return ContactFile("vcard", {}, None, iter(()))
    raise BadRequest("The file is empty: choose the file that your address book exported")


def _charset_of(content_type: str | None) -> str | None:
    found = re.search(r"charset\s*=\s*\"?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return found[1] if found else None
