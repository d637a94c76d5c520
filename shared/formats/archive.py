"""ZIP archives, read without unpacking to disk, and the table in them that is wanted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from shared.errors import BadRequest, CrmError, TooLarge, UnsupportedFormat, ValidationFailed, quoted
from shared.formats.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
# Text shrinks to a tenth, blank rows to a hundredth; what shrinks more than this and is large was made to do harm.
MAX_RATIO = 250
SMALL_BYTES = 16 * 1024 * 1024
MAX_MEMBERS = 10_000
MAX_TRIED = 40  # tables looked into; LinkedIn's full archive has about thirty
_READABLE = (".csv", ".vcf", ".vcard", ".json", ".tsv", ".txt")


OpenedT = TypeVar("OpenedT")


class Archive:
    """A ZIP archive.

    Attributes:
        members: the files in it, without those that operating systems add.
    """

    def __init__(self, source: Source) -> None:
        """Read what is in it.

        Raises:
            BadRequest: it is damaged, or has unsafe names.
            TooLarge: it has too many files.
            UnsupportedFormat: it is a document of a program that is not read here.
        """
        self._subject = source.subject
        try:
            self._archive = zipfile.ZipFile(source.open())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise BadRequest("The ZIP archive is damaged: download or export it again") from error
        self.members = _safe_members(self._archive, source.subject)

    def is_workbook(self) -> bool:
        """Whether it is an Excel workbook, whose parts are then known to be of reasonable size.

        Raises:
            BadRequest: a part is encrypted.
            TooLarge: a part unpacks to more than 256 MB, or was made to.
        """
        found = any(member.filename == "xl/workbook.xml" for member in self.members)
        if found:
            for member in self.members:
                _check(member, self._subject)
        return found

    def tables(self) -> list[zipfile.ZipInfo]:
        """The members that may be lists."""
        tables = [member for member in self.members if member.filename.lower().endswith(_READABLE) and member.file_size]
        # Notion packs a view of a table beside the whole of it.
        whole = {
            member.filename.removesuffix("_all.csv") + ".csv"
            for member in tables
            if member.filename.endswith("_all.csv")
        }
        return [member for member in tables if member.filename not in whole]

    def source_of(self, member: zipfile.ZipInfo) -> Source:
        """A member, as any other file.

        Raises:
            BadRequest: it is damaged or encrypted.
            TooLarge: it unpacks to more than 256 MB, or was made to.
            UnsupportedFormat: it is an archive itself.
        """
        _check(member, self._subject)
        inside = Source(lambda: cast("BinaryIO", _Bounded(self._archive, member)), self._subject)
        if inside.head().startswith(b"PK"):
            raise UnsupportedFormat(
                f"{quoted(member.filename)} is an archive inside the archive: unpack it and import the file itself"
            )
        return inside

    def open_best(
        self,
        tables: list[zipfile.ZipInfo],
        opened: Callable[[zipfile.ZipInfo], OpenedT],
        *,
        formats: str,
        is_sought: Callable[[OpenedT], bool] = lambda _: False,
    ) -> OpenedT:
        """The one table that is sought, whatever it is called; else the only one that reads at all.

        Args:
            tables: where to look.
            opened: reads one, or refuses it.
            formats: in which formats a list may be, as messages call them.
            is_sought: whether to look no further.

        Raises:
            BadRequest: there are several.
            UnsupportedFormat: no table can be read.
        """
        found: list[OpenedT] = []
        failure: CrmError | None = None
        for member in tables[:MAX_TRIED]:
            try:
                file = opened(member)
            except (BadRequest, UnsupportedFormat, ValidationFailed) as error:
                failure = error
                continue
            if is_sought(file):
                return file
            found.append(file)
        if len(found) == 1:
            return found[0]
        if failure is not None and len(tables) == 1:
            raise failure
        listed = ", ".join(quoted(member.filename) for member in tables[:10]) or "nothing readable"
        if found:
            raise BadRequest(
                f"The ZIP archive has several lists that could be {self._subject}, {listed}: import the right one by itself"
            )
        raise UnsupportedFormat(f"The ZIP archive has no list of {self._subject} ({formats}); it has {listed}")


def base_name(member: zipfile.ZipInfo) -> str:
    """The name without its folders."""
    return member.filename.replace("\\", "/").rpartition("/")[2]


def _safe_members(archive: zipfile.ZipFile, subject: str) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise TooLarge(
            f"The ZIP archive has {len(infos)} files, more than {MAX_MEMBERS}: pack only the list of {subject}"
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
        if not info.is_dir() and not info.filename.startswith("__MACOSX/") and not base_name(info).startswith(".")
    ]


def _check(member: zipfile.ZipInfo, subject: str) -> None:
    if member.flag_bits & 0x1:
        raise BadRequest(
            f"{quoted(member.filename)} in the ZIP archive is encrypted: unpack it and import the file itself"
        )
    if member.file_size > MAX_UNPACKED_BYTES:
        raise TooLarge(f"{quoted(member.filename)} unpacks to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MB")
    if member.file_size > SMALL_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise TooLarge(
            f"{quoted(member.filename)} is {member.file_size // max(member.compress_size, 1)} times its packed size: this is not a list of {subject}"
        )


class _Bounded(io.RawIOBase):
    """A member being unpacked: damage becomes an error of ours, and it never gives more than the archive admits."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self._name = member.filename
        self._left = MAX_UNPACKED_BYTES
        try:
            self._stream = archive.open(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
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
