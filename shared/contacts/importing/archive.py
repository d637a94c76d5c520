"""Read contacts from ZIP archives, above all LinkedIn's, and from workbooks, which are archives too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from shared.contacts.importing.parsed import FORMATS, ContactFile, Reading, Record
from shared.errors import TooLarge
from shared.formats.archive import MAX_UNPACKED_BYTES, Archive, base_name
from shared.formats.recognition import either

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipInfo

    from shared.formats.source import Source
    from shared.formats.workbook import Sheet

# The list of contacts in LinkedIn's archive, and in Google's, which also has a list of each group.
_NAMED = ("connections.csv", "all contacts.csv")


class Opener(Protocol):
    """A function that recognises and opens a file of contacts: `reader.open_source`."""

    def __call__(self, source: Source, *, hint: str, declared: str | None, reading: Reading) -> ContactFile:
        """Recognise and open a file of contacts."""


def open_zip(source: Source, open_source: Opener, *, declared: str | None, reading: Reading) -> ContactFile:
    """Open the list of contacts in an archive: `Connections.csv` or `All Contacts.csv` in any folder, else the file that reads as contacts.

    Args:
        source: the archive.
        open_source: opens a file of the archive.
        declared: the charset that the client named.
        reading: how its user says that it is to be read.

    Raises:
        BadRequest: the archive is damaged, encrypted, or has unsafe names.
        TooLarge: the archive unpacks to more than 256 MB, or is built to do so.
        UnsupportedFormat: the archive holds no contacts.
    """
    archive = Archive(source)
    if archive.is_workbook():
        return _open_workbook(source, reading)

    def opened(member: ZipInfo) -> ContactFile:
        return open_source(archive.source_of(member), hint=member.filename.lower(), declared=declared, reading=reading)

    tables = archive.tables()
    by_base = {base_name(member).lower(): member for member in reversed(tables)}
    for name in _NAMED:
        if name in by_base:
            return opened(by_base[name])
    cards = [member for member in tables if base_name(member).lower().endswith((".vcf", ".vcard"))]
    if cards and len(cards) == len(tables):
        return _open_cards(cards, opened)
    # LinkedIn's list is the one to import, whatever its name in the user's language.
    return archive.open_best(
        tables, opened, formats=either(FORMATS), is_sought=lambda file: file.format == "linkedin_csv"
    )


def _open_cards(cards: list[ZipInfo], opened: Callable[[ZipInfo], ContactFile]) -> ContactFile:
    """Open all vCard files of an archive as one (Outlook and some phones export one file for each contact)."""
    if sum(card.file_size for card in cards) > MAX_UNPACKED_BYTES:
        raise TooLarge(f"The cards in the ZIP archive unpack to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MB")
    first = opened(cards[0])

    def records() -> Iterator[Record]:
        for card in cards:
            yield from opened(card).records

    return ContactFile(first.format, first.mapping, first.tie_to_me, records())


def _open_workbook(source: Source, reading: Reading) -> ContactFile:
    """Open the first visible sheet that is a list of contacts; errors name rows of the sheet."""
    from shared.contacts.importing.csv_contacts import open_csv  # noqa: PLC0415
    from shared.formats.workbook import open_workbook  # noqa: PLC0415  # takes 0.1 s, which other files should not pay

    def opened(sheet: Sheet) -> ContactFile:
        file = open_csv(sheet.source, sheet.survey, reading)
        return replace(file, records=_by_rows(file.records, sheet))

    return open_workbook(source, opened)


def _by_rows(records: Iterator[Record], sheet: Sheet) -> Iterator[Record]:
    """Give records the row of the sheet instead of the line of its CSV."""
    with sheet:
        for record in records:
            record.line = sheet.row_of(record.line)
            yield record
