"""Where mail is kept: mbox files, also packed (ZIP, TAR, gzip), folders of mbox, Maildir or .eml files, and Outlook's PST."""

from __future__ import annotations

import gzip
import os
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from shared.errors import BadRequest, TooLarge, UnsupportedFormat, quoted
from shared.formats.mail.machines import folder_kind
from shared.formats.mail.mbox import LONGEST_HEAD, heads, looks_like_mbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD_BYTES = 64 * 1024
# Mail shrinks to a third at best; what shrinks to less than this and is large was made to do harm.
MAX_RATIO = 250
SMALL_BYTES = 64 * 1024 * 1024
_PACKED_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError)
_PST = b"!BDN"
_NO_MAIL = frozenset(
    (".msf", ".json", ".html", ".htm", ".pdf", ".jpg", ".png", ".csv", ".ics", ".vcf", ".ds_store", ".sqlite", ".db")
)


class Stored(NamedTuple):
    """A message where it is kept.

    Attributes:
        head: its header block.
        line: the line of an mbox before it.
        folder: what its folder's name says: `sent`, `spam`, `trash`, `draft`; else empty.
    """

    head: bytes
    line: bytes = b""
    folder: str = ""


def stored_messages(path: Path, on_bytes: Callable[[int], None] = lambda _: None) -> Iterator[Stored]:
    """The messages of a file or a folder, one after the other; nothing is unpacked to disk.

    Args:
        path: the file or the folder.
        on_bytes: called with how many bytes of the file, or of the folder's files, were read so far.

    Raises:
        BadRequest: it is damaged or encrypted.
        TooLarge: it unpacks to far more than mail does.
        UnsupportedFormat: it does not hold mail.
    """
    store = _Store(on_bytes)
    messages = store.in_folder(path) if path.is_dir() else store.in_file(path)
    first = next(messages, None)
    if first is None:
        raise UnsupportedFormat(
            f"{quoted(path.name)} has no mail in it: give an mbox, a Takeout archive, .eml files or a Maildir"
        )
    yield first
    yield from messages


class _Store:
    def __init__(self, on_bytes: Callable[[int], None]) -> None:
        self._on_bytes = on_bytes
        self._before = 0  # bytes of the files before the present one

    def in_folder(self, folder: Path) -> Iterator[Stored]:
        for directory, names, files in os.walk(folder):
            names.sort()
            if "tmp" in names and "cur" in names:  # Maildir: what is in tmp is not delivered yet
                names.remove("tmp")
            for name in sorted(files):
                path = Path(directory) / name
                if path.suffix.lower() in _NO_MAIL or path.is_symlink() or not path.is_file():
                    continue
                yield from self._member(path, path.relative_to(folder).parts)
                self._before += path.stat().st_size
                self._on_bytes(self._before)

    def in_file(self, path: Path) -> Iterator[Stored]:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            stream.seek(0)
            if head.startswith(_PST):
                from shared.formats.mail.pst import pst_messages  # noqa: PLC0415 - its library may be absent

                yield from pst_messages(path)
            elif head.startswith(b"PK\x03\x04"):
                yield from self._guarded(self._in_zip(stream), path.name)
            elif head.startswith(b"\x1f\x8b") or _is_tar(head):
                yield from self._guarded(self._in_tar(stream, path.name), path.name)
            else:
                yield from self._in_stream(
                    stream, head, (path.name,), lambda taken: self._on_bytes(self._before + taken)
                )

    def _member(self, path: Path, parts: tuple[str, ...]) -> Iterator[Stored]:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            stream.seek(0)
            yield from self._in_stream(stream, head, parts, lambda taken: self._on_bytes(self._before + taken))

    def _in_stream(
        self, stream: BinaryIO, head: bytes, parts: tuple[str, ...], on_bytes: Callable[[int], None] = lambda _: None
    ) -> Iterator[Stored]:
        """The messages of a stream at its beginning; of one that is not mail, none."""
        folder = next((kind for part in reversed(parts) if (kind := folder_kind(part))), "")
        if looks_like_mbox(head):
            for found in heads(stream):
                on_bytes(found.end)
                yield Stored(found.block, found.line, folder)
        elif (block := _single(head, parts)) is not None:
            yield Stored(block, b"", folder)

    def _in_zip(self, stream: BinaryIO) -> Iterator[Stored]:
        with zipfile.ZipFile(stream) as archive:
            for member in archive.infolist():
                if member.is_dir() or _is_other(member.filename):
                    continue
                if member.flag_bits & 0x1:
                    raise BadRequest(f"{quoted(member.filename)} is encrypted: unpack the archive and give the folder")
                with archive.open(member) as opened:
                    yield from self._in_zip_member(cast("BinaryIO", opened), member)
                self._before += member.compress_size
                self._on_bytes(self._before)

    def _in_zip_member(self, opened: BinaryIO, member: zipfile.ZipInfo) -> Iterator[Stored]:
        def on_bytes(taken: int) -> None:
            self._on_bytes(self._before + int(taken * member.compress_size / max(member.file_size, 1)))

        inside = _Counted(opened, lambda: member.compress_size, member.filename)
        yield from self._packed(inside, member.filename, on_bytes)

    def _in_tar(self, stream: BinaryIO, name: str) -> Iterator[Stored]:
        packed = stream
        if _is_gzip(stream):
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
        counted = _Counted(stream, packed.tell, name)
        head = counted.peek(HEAD_BYTES)
        if not _is_tar(head):
            yield from self._packed(counted, name, lambda _: self._on_bytes(packed.tell()))
            return
        with tarfile.open(fileobj=cast("BinaryIO", counted), mode="r|") as archive:
            for member in archive:
                opened = None if _is_other(member.name) or not member.isreg() else archive.extractfile(member)
                if opened is not None:
                    inside = _Counted(cast("BinaryIO", opened), None, member.name)
                    yield from self._packed(inside, member.name, lambda _: self._on_bytes(packed.tell()))
                self._on_bytes(packed.tell())

    def _packed(self, inside: _Counted, name: str, on_bytes: Callable[[int], None]) -> Iterator[Stored]:
        head = inside.peek(HEAD_BYTES)
        yield from self._in_stream(cast("BinaryIO", inside), head, tuple(name.replace("\\", "/").split("/")), on_bytes)

    @staticmethod
    def _guarded(messages: Iterator[Stored], name: str) -> Iterator[Stored]:
        try:
            yield from messages
        except _PACKED_DAMAGE as error:
            raise BadRequest(f"{quoted(name)} is damaged or cut off: download it again ({error})") from error


class _Counted:
    """A stream whose first bytes can be looked at, and that ends in a refusal where it unpacks to far more than mail does."""

    def __init__(self, stream: BinaryIO, packed: Callable[[], int] | None, name: str) -> None:
        self._stream = stream
        self._packed = packed
        self._name = name
        self._held = b""
        self._given = 0

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay."""
        while len(self._held) < size and (chunk := self._stream.read(size - len(self._held))):
            self._held += chunk
        return self._held

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            TooLarge: the stream was made to do harm.
        """
        if self._held:
            data, self._held = (self._held, b"") if size < 0 else (self._held[:size], self._held[size:])
            return data
        data = self._stream.read(size)
        self._given += len(data)
        if self._packed and self._given > SMALL_BYTES and self._given > MAX_RATIO * max(self._packed(), 1):
            raise TooLarge(f"{quoted(self._name)} unpacks to more than {MAX_RATIO} times its size: this is not mail")
        return data


def _is_other(name: str) -> bool:
    base = name.replace("\\", "/").rpartition("/")[2]
    return base.startswith(".") or name.startswith("__MACOSX/") or os.path.splitext(base)[1].lower() in _NO_MAIL  # noqa: PTH122


def _is_gzip(stream: BinaryIO) -> bool:
    magic = stream.read(2)
    stream.seek(0)
    return magic == b"\x1f\x8b"


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _single(head: bytes, parts: tuple[str, ...]) -> bytes | None:
    """The header block of a file that is one message; None for other files."""
    block = head[:LONGEST_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if parts[-1].lower().endswith(".emlx"):  # Apple Mail writes the length on a line before
        first, _, rest = block.partition(b"\n")
        block = rest if first.strip().isdigit() else block
    ends = [end for mark in (b"\n\n", b"\n\r\n") if (end := block.find(mark)) >= 0]
    block = block[: min(ends) + 1] if ends else block
    names = {
        line.partition(b":")[0].lower() for line in block.split(b"\n") if b":" in line and line[:1] not in {b" ", b"\t"}
    }
    return block if b"from" in names and names & {b"date", b"to", b"message-id", b"received", b"subject"} else None
