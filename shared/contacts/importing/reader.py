"""Open a file of contacts of any format: its content decides; content type and file name are only hints, and often wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from shared.contacts.importing.parsed import FORMATS, ContactFile, Reading
from shared.errors import BadRequest, FieldError, ValidationFailed, quoted
from shared.formats.recognition import declared_charset, recognise
from shared.formats.source import Source, from_stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.formats.recognition import Recognised

MAX_FILE_BYTES = 32 * 1024 * 1024  # the contract's limit for a file


def open_contacts(
    stream: BinaryIO,
    *,
    content_type: str | None = None,
    filename: str | None = None,
    mapping: Mapping[str, str] | None = None,
    reading: Reading | None = None,
    max_bytes: int = MAX_FILE_BYTES,
) -> ContactFile:
    """Recognise a file of contacts; its records are read while they are consumed.

    Args:
        stream: the file's bytes; must stay open while the records are read, and is not closed here.
        content_type: as the client sent it; its charset is used where the bytes allow.
        filename: as the client sent it.
        mapping: column -> field (one of `csv_columns.FIELDS`); overrides the recognised fields.
        reading: the mapping and what else its user says about it.
        max_bytes: the most bytes that it may have.

    Raises:
        BadRequest: the file is empty or damaged.
        TooLarge: the file is larger than the limits.
        UnsupportedFormat: the file is not a list of contacts in a known format.
        ValidationFailed: the mapping names an unknown column or field, or no column can identify a contact.
    """
    source = from_stream(stream, "contacts", max_bytes=max_bytes)
    return open_source(
        source,
        hint=f"{content_type or ''} {filename or ''}".lower(),
        declared=declared_charset(content_type),
        reading=reading or Reading(mapping or {}),
    )


def open_source(source: Source, *, hint: str, declared: str | None, reading: Reading) -> ContactFile:
    """Recognise a file of contacts in bytes that can be read again (a file, or a member of an archive)."""
    found = recognise(source, declared, formats=FORMATS, is_column=_is_column)
    if found.format == "archive":
        from shared.contacts.importing.archive import open_zip  # noqa: PLC0415  # few imports are archives

        return open_zip(source, open_source, declared=declared, reading=reading)
    if found.format == "blank":
        return _empty(hint)
    file = _open_text(source, found, reading)
    if found.survey is not None:
        file.facts["charset"] = found.survey.encoding
    return file


def _open_text(source: Source, found: Recognised, reading: Reading) -> ContactFile:
    """Open a recognised file of text. The reader of a format is loaded only for a file that has the format."""
    assert found.survey is not None  # only an archive has no survey
    mapping = reading.mapping
    if found.format == "vcard":
        from shared.contacts.importing.vcard_contacts import open_vcards  # noqa: PLC0415

        _without_columns("a vCard file", mapping)
        return open_vcards(source, found.survey)
    if found.format == "json":
        from shared.contacts.importing.json_records import open_json  # noqa: PLC0415

        return open_json(source, found.survey, mapping)
    if found.format == "ldif":
        from shared.contacts.importing.ldif_contacts import open_ldif  # noqa: PLC0415

        _without_columns("an LDIF file", mapping)
        return open_ldif(source, found.survey)
    if "@" in found.text.partition("\n")[0]:
        from shared.contacts.importing.recipients import open_recipients  # noqa: PLC0415

        if not mapping and (recipients := open_recipients(source, found.survey)) is not None:
            return recipients
    from shared.contacts.importing.csv_contacts import open_csv  # noqa: PLC0415

    return open_csv(source, found.survey, reading)


def _is_column(name: str) -> bool:
    from shared.contacts.importing.csv_columns import field_of  # noqa: PLC0415  # junk before cards is rare

    return field_of(name) is not None


def _without_columns(what: str, mapping: Mapping[str, str]) -> None:
    """Refuse a mapping for a file without columns."""
    if mapping:
        raise ValidationFailed(
            [
                FieldError(
                    f"mapping.{name}", f"{what} has no columns, so {quoted(name)} is not in it: leave the mapping out"
                )
                for name in mapping
            ]
        )


def _empty(hint: str) -> ContactFile:
    """Accept an empty file of cards, which an address book without contacts exports; refuse any other empty file."""
    if "vcard" in hint or ".vcf" in hint or "directory" in hint:
        return ContactFile("vcard", {}, None, iter(()))
    raise BadRequest("The file is empty: choose the file that your address book exported")
