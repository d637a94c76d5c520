"""The file of a backup: a zip of tables as COPY writes them, and a manifest; its last bytes are a checksum of all before.

Nothing of the file is believed before that checksum holds, so whatever was cut off or changed is refused in one place.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING

from dev.processes import StackError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = 1
MANIFEST = "manifest.json"
# The seal is the zip's comment, which is what a zip ends with: SHA-256 of the bytes before it, in hex.
SEAL_BYTES = 64
UNSEALED = b"0" * SEAL_BYTES
CHUNK_BYTES = 1 << 18
OURS_ONLY = 0o600


class BadBackup(StackError):
    """The file cannot be restored; the message says why, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table in the file.

    Attributes:
        columns: in the order in which the rows have them.
        sha256: of its rows, which are sorted by their key: equal rows, equal checksum.
    """

    name: str
    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        user: whose it is; None where it is everything.
        saved_at: as of when, RFC 3339.
        postgres: version of the server it was read from, for whoever wonders.
        migrations: names and checksums of the schema's migrations.
        sequences: the last value that each has given.
        tables: such that rows come behind those they refer to.
        files: other state beside the database, by their names in the data folder.
    """

    user: str | None
    saved_at: str
    postgres: str
    migrations: dict[str, str]
    sequences: dict[str, int]
    tables: list[Table]
    files: list[str]


class Rows:
    """Takes what COPY writes; counts and sums it up on the way."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.count = 0

    def write(self, data: bytes) -> None:
        """One or more whole rows; a line break inside a value is written as two characters."""
        self._target.write(data)
        self._digest.update(data)
        self.count += data.count(b"\n")

    @property
    def sha256(self) -> str:
        """Of all that was written, in hex."""
        return self._digest.hexdigest()


class Writer:
    """Fills a new backup."""

    def __init__(self, content: zipfile.ZipFile) -> None:
        self._content = content

    @contextlib.contextmanager
    def rows(self, table: str) -> Iterator[Rows]:
        """Where the rows of a table go."""
        with self._content.open(f"tables/{table}.copy", "w", force_zip64=True) as target:
            yield Rows(target)

    def file(self, name: str, content: bytes) -> None:
        """Add a file of the data folder."""
        self._content.writestr(f"files/{name}", content)

    def finish(self, manifest: Manifest) -> None:
        """Write what it holds."""
        document = {"product": "warmpath", "format": FORMAT, **asdict(manifest)}
        self._content.writestr(MANIFEST, json.dumps(document, indent=1))


class Reader:
    """A backup whose checksum holds."""

    def __init__(self, content: zipfile.ZipFile, manifest: Manifest) -> None:
        self._content = content
        self.manifest = manifest

    def rows(self, table: Table) -> Iterator[bytes]:
        """The rows of a table, in chunks."""
        with self._content.open(f"tables/{table.name}.copy") as source:
            while chunk := source.read(CHUNK_BYTES):
                yield chunk

    def file(self, name: str) -> bytes:
        """The content of a file of the data folder."""
        return self._content.read(f"files/{name}")


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Make a backup that only we may read; there is none under this name before it is complete and on the disk.

    Raises:
        StackError: the file is there already, or cannot be made.
    """
    if path.exists():
        raise StackError(f"{path} is there already: choose another name")
    temporary = path.with_name(f"{path.name}.new")
    try:
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, OURS_ONLY)
    except OSError as error:
        raise StackError(f"{path} cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as content:
                content.comment = UNSEALED
                yield Writer(content)
            seal = _sum(file)
            file.seek(-SEAL_BYTES, os.SEEK_END)
            file.write(seal)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open a backup and check every byte of it.

    Raises:
        BadBackup: it is damaged, none of ours, or of a later kind.
        StackError: there is no such file.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise StackError(f"{path} cannot be read: {error.strerror}") from error
    with file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - SEAL_BYTES))
        if file.read() != _sum(file):
            raise BadBackup(f"{path} is no backup, or it was cut off or changed: its checksum does not hold")
        with zipfile.ZipFile(file) as content:
            yield Reader(content, _manifest(path, json.loads(content.read(MANIFEST))))


def _manifest(path: Path, document: dict[str, object]) -> Manifest:
    if document.pop("product", None) != "warmpath":
        raise BadBackup(f"{path} is no backup of Warmpath")
    form = document.pop("format")
    if form != FORMAT:
        raise BadBackup(f"{path} has format {form}, which a later Warmpath wrote: restore it with that one")
    manifest = Manifest(**document)  # type: ignore[arg-type]
    manifest.tables[:] = [Table(**table) for table in manifest.tables]  # type: ignore[arg-type]
    return manifest


def _sum(file: IO[bytes]) -> bytes:
    """The checksum of all but the seal."""
    digest = hashlib.sha256()
    left = file.seek(0, os.SEEK_END) - SEAL_BYTES
    file.seek(0)
    while left > 0:
        chunk = file.read(min(left, CHUNK_BYTES))
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()
