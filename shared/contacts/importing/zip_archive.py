"""Finds the contacts in a ZIP archive, LinkedIn's above all, and reads them without ever unpacking to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from shared.contacts.importing.parsed import ContactFile, Record
from shared.contacts.importing.source import Source
from shared.errors import BadRequest, CrmError, TooLarge, UnsupportedFormat, ValidationFailed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
# Text shrinks to a tenth, blank rows to a hundredth; what shrinks more than this and is large was made to do harm.
MAX_RATIO = 250
SMALL_BYTES = 16 * 1024 * 1024
MAX_MEMBERS = 10_000
MAX_TRIED = 40  # tables looked into for contacts; LinkedIn's full archive has about thirty
# What is in LinkedIn's archive, and in Google's beside a list of each group.
_NAMED = ("connections.csv", "all contacts.csv")
_READABLE = (".csv", ".vcf", ".vcard", ".json", ".tsv", ".txt")


class Opener(Protocol):
    """Recognises a file of contacts and opens it: `reader.open_source`."""

    def __call__(self, source: Source, *, hint: str, declared: str | None, mapping: Mapping[str, str]) -> ContactFile:
        """Opens one."""


def open_zip(source: Source, open_source: Opener, *, declared: str | None, mapping: Mapping[str, str]) -> ContactFile:
    """Opens the list of contacts in an archive: `Connections.csv` or `All Contacts.csv` wherever it is, else the one that reads as contacts.

    Args:
        source: the archive.
        open_source: opens what is in it.
        declared: the charset that the client named.
        mapping: column -> field, over what is recognised.

    Raises:
        BadRequest: the archive is damaged, encrypted, or has unsafe names.
        TooLarge: it unpacks to more than 256 MB, or was made to.
        UnsupportedFormat: there are no contacts in it.
    """
    try:
        archive = zipfile.ZipFile(source.open())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise BadRequest("The ZIP archive is damaged: download or export it again") from error
    members = _safe_members(archive)
    if any(member.filename == "xl/workbook.xml" for member in members):
        for member in members:
            _check(member)
        from shared.contacts.importing.spreadsheet import open_workbook  # noqa: PLC0415  # 0.1 s that other files should not pay

        return open_workbook(source, mapping)

    def opened(member: zipfile.ZipInfo) -> ContactFile:
        inside = _source(archive, member)
        if inside.head().startswith(b"PK"):
            raise UnsupportedFormat(
                f"{quoted(member.filename)} is an archive inside the archive: unpack it and import the file itself"
            )
        return open_source(inside, hint=member.filename.lower(), declared=declared, mapping=mapping)

    tables = [member for member in members if member.filename.lower().endswith(_READABLE) and member.file_size]
    # Notion packs a view of a table beside the whole of it.
    whole = {
        member.filename.removesuffix("_all.csv") + ".csv" for member in tables if member.filename.endswith("_all.csv")
    }
    tables = [member for member in tables if member.filename not in whole]
    by_base = {_base(member).lower(): member for member in reversed(tables)}
    for name in _NAMED:
        if name in by_base:
            return opened(by_base[name])
    cards = [member for member in tables if _base(member).lower().endswith((".vcf", ".vcard"))]
    if cards and len(cards) == len(tables):
        return _open_cards(cards, opened)
    return _open_best(tables, opened)


def _safe_members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise TooLarge(
            f"The ZIP archive has {len(infos)} files, more than {MAX_MEMBERS}: pack only the list of contacts"
        )
    for info in infos:
        parts = info.filename.replace("\\", "/").split("/")
        if info.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise BadRequest(
                f"The ZIP archive has a file with an unsafe name, {quoted(info.filename)}: export it again"
            )
    names = {info.filename for info in infos}
    if "[Content_Types].xml" in names and "xl/workbook.xml" not in names:
        raise UnsupportedFormat(
            "The file is an Office document and no .xlsx workbook: open it and save it as one, or as CSV"
        )
    if "content.xml" in names and "mimetype" in names:
        raise UnsupportedFormat("The file is an OpenDocument: open it and save it as CSV")
    return [
        info
        for info in infos
        if not info.is_dir() and not info.filename.startswith("__MACOSX/") and not _base(info).startswith(".")
    ]


def _base(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/").rpartition("/")[2]


def _check(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 0x1:
        raise BadRequest(
            f"{quoted(member.filename)} in the ZIP archive is encrypted: unpack it and import the file itself"
        )
    if member.file_size > MAX_UNPACKED_BYTES:
        raise TooLarge(f"{quoted(member.filename)} unpacks to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MB")
    if member.file_size > SMALL_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise TooLarge(
            f"{quoted(member.filename)} is {member.file_size // max(member.compress_size, 1)} times its packed size: this is no list of contacts"
        )


class _Bounded(io.RawIOBase):
    """A member being unpacked: damage becomes an error of ours, and it never gives more than the archive admits."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self._name = member.filename
        self._left = MAX_UNPACKED_BYTES
        try:
            self._stream = archive.open(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise BadRequest(
                f"{quoted(member.filename)} cannot be unpacked: pack it again as an ordinary ZIP file"
            ) from error

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes.

        Raises:
            BadRequest: the packed data are damaged.
            TooLarge: more came out than 256 MB.
        """
        try:
            data = self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise BadRequest(
                f"{quoted(self._name)} in the ZIP archive is damaged: download or export it again"
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(f"{quoted(self._name)} unpacks to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MB")
        return data


def _source(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Source:
    _check(member)
    return Source(lambda: cast("BinaryIO", _Bounded(archive, member)), member.filename)


def _open_best(tables: list[zipfile.ZipInfo], opened: Callable[[zipfile.ZipInfo], ContactFile]) -> ContactFile:
    """The one table that reads as LinkedIn's, whatever it is called in the user's language; else the only one that reads at all."""
    found: list[ContactFile] = []
    failure: CrmError | None = None
    for member in tables[:MAX_TRIED]:
        try:
            file = opened(member)
        except (BadRequest, UnsupportedFormat, ValidationFailed) as error:
            failure = error
            continue
        if file.format == "linkedin_csv":
            return file
        found.append(file)
    if len(found) == 1:
        return found[0]
    if failure is not None and len(tables) == 1:
        raise failure
    listed = ", ".join(quoted(member.filename) for member in tables[:10]) or "nothing readable"
    if found:
        raise BadRequest(
            f"The ZIP archive has several lists that could be contacts, {listed}: import the right one by itself"
        )
    raise UnsupportedFormat(f"The ZIP archive has no list of contacts (CSV, vCard or JSON); it has {listed}")


def _open_cards(cards: list[zipfile.ZipInfo], opened: Callable[[zipfile.ZipInfo], ContactFile]) -> ContactFile:
    """All vCard files of an archive as one (Outlook and some phones export one file a contact)."""
    if sum(card.file_size for card in cards) > MAX_UNPACKED_BYTES:
        raise TooLarge(f"The cards in the ZIP archive unpack to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MB")
    first = opened(cards[0])

    def records() -> Iterator[Record]:
        for card in cards:
            yield from opened(card).records

    return ContactFile(first.format, first.mapping, first.tie_to_me, records())
