"""The files of a path that are to be streamed: a file, a folder, or what is packed in ZIP, TAR or gzip; nothing is unpacked to disk."""

from __future__ import annotations

import gzip
import os
import tarfile
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from shared.errors import BadRequest, TooLarge, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD_BYTES = 64 * 1024
# Text shrinks to a tenth, repetition of it to a hundredth; what shrinks to less than this and is large was made to do harm.
MAX_RATIO = 250
SMALL_BYTES = 64 * 1024 * 1024
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    gzip.BadGzipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"


class Member:
    """A file whose first bytes can be looked at before it is read. It is open until the next one is asked for.

    Attributes:
        name: its path below the folder or in the archive, with `/`.
        path: the file on disk where it is one by itself.
    """

    def __init__(
        self,
        name: str,
        stream: BinaryIO,
        *,
        packed: Callable[[], int] | None = None,
        on_read: Callable[[int], None],
        path: Path | None = None,
    ) -> None:
        self.name = name
        self.path = path
        self._stream = stream
        self._packed = packed
        self._on_read = on_read
        self._held = b""
        self._given = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders and the name."""
        return tuple(self.name.replace("\\", "/").split("/"))

    def peek(self, size: int = HEAD_BYTES) -> bytes:
        """The next bytes, which stay."""
        while len(self._held) < size and (chunk := self._take(size - len(self._held))):
            self._held += chunk
        return self._held

    def read(self, size: int = -1) -> bytes:
        """The next bytes; fewer only at the end or behind what was peeked at.

        Raises:
            TooLarge: more comes out than text of that size can hold.
        """
        if self._held:
            data, self._held = (self._held, b"") if size < 0 else (self._held[:size], self._held[size:])
        else:
            data = self._take(size)
        self._given += len(data)
        self._on_read(self._given)
        if self._packed and self._given > SMALL_BYTES and self._given > MAX_RATIO * max(self._packed(), 1):
            raise TooLarge(
                f"{quoted(self.name)} unpacks to more than {MAX_RATIO} times its size: it was made to fill the memory"
            )
        return data

    def read_up_to(self, size: int) -> bytes:
        """The next bytes, fewer only at the end.

        Raises:
            TooLarge: more comes out than text of that size can hold.
        """
        parts: list[bytes] = []
        while size > 0 and (part := self.read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _take(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except _DAMAGE as error:
            raise BadRequest(f"{quoted(self.name)} is damaged or cut off: download it again ({error})") from error


def members(
    path: Path, on_bytes: Callable[[int], None] = lambda _: None, *, wanted: Callable[[str], bool] = lambda _: True
) -> Iterator[Member]:
    """The files, one after the other.

    Args:
        path: a file or a folder.
        on_bytes: called with how many bytes on disk were read so far.
        wanted: whether a file is looked at, by its name; files that systems add are not.

    Raises:
        BadRequest: an archive is damaged or encrypted.
    """
    if path.is_dir():
        yield from _in_folder(path, on_bytes, wanted)
        return
    with path.open("rb") as stream:
        head = stream.read(512)
        stream.seek(0)
        try:
            if head.startswith(_ZIP):
                yield from _in_zip(stream, on_bytes, wanted)
            elif head.startswith(_GZIP) or _is_tar(head):
                yield from _in_tar(stream, path.name, on_bytes, wanted)
            else:
                yield Member(path.name, stream, on_read=on_bytes, path=path)
        except _DAMAGE as error:
            raise BadRequest(f"{quoted(path.name)} is damaged or cut off: download it again ({error})") from error


def _in_folder(folder: Path, on_bytes: Callable[[int], None], wanted: Callable[[str], bool]) -> Iterator[Member]:
    before = 0
    for directory, names, files in os.walk(folder):
        names.sort()
        if "tmp" in names and "cur" in names:  # Maildir: a message in tmp is not delivered yet
            names.remove("tmp")
        for name in sorted(files):
            path = Path(directory) / name
            if path.is_symlink() or not path.is_file() or not wanted(name):
                continue
            with path.open("rb") as stream:
                yield Member(
                    path.relative_to(folder).as_posix(), stream, on_read=partial(_add, on_bytes, before), path=path
                )
            before += path.stat().st_size
            on_bytes(before)


def _add(on_bytes: Callable[[int], None], before: int, read: int) -> None:
    on_bytes(before + read)


def _in_zip(stream: BinaryIO, on_bytes: Callable[[int], None], wanted: Callable[[str], bool]) -> Iterator[Member]:
    before = 0
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if not info.is_dir() and not _is_system_s(info.filename) and wanted(info.filename):
                if info.flag_bits & 0x1:
                    raise BadRequest(f"{quoted(info.filename)} is encrypted: unpack the archive and give the folder")
                with archive.open(info) as opened:
                    yield _zip_member(info, cast("BinaryIO", opened), before, on_bytes)
            before += info.compress_size
            on_bytes(before)


def _zip_member(info: zipfile.ZipInfo, opened: BinaryIO, before: int, on_bytes: Callable[[int], None]) -> Member:
    def on_read(read: int) -> None:
        on_bytes(before + int(min(1, read / max(info.file_size, 1)) * info.compress_size))

    return Member(info.filename, opened, packed=lambda: info.compress_size, on_read=on_read)


def _in_tar(
    packed: BinaryIO, name: str, on_bytes: Callable[[int], None], wanted: Callable[[str], bool]
) -> Iterator[Member]:
    is_gzip = packed.read(2) == _GZIP
    packed.seek(0)
    stream = cast("BinaryIO", gzip.GzipFile(fileobj=packed)) if is_gzip else packed

    def on_read(_: int) -> None:
        on_bytes(packed.tell())

    whole = Member(name.removesuffix(".gz"), stream, packed=packed.tell if is_gzip else None, on_read=on_read)
    if not _is_tar(whole.peek(512)):
        yield whole
        return
    with tarfile.open(fileobj=cast("BinaryIO", whole), mode="r|") as archive:
        for info in archive:
            if (
                info.isreg()
                and not _is_system_s(info.name)
                and wanted(info.name)
                and (opened := archive.extractfile(info))
            ):
                yield Member(info.name, cast("BinaryIO", opened), on_read=on_read)


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _is_system_s(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.replace("\\", "/").rpartition("/")[2].startswith((".DS_Store", "._"))
