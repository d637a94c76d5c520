"""The file of a backup: a zip of tables in COPY's format and a manifest; its last bytes are a checksum of all before.

The checksum is verified before anything else is read, so a truncated or changed file is refused in one place.
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
# The seal is the comment of the zip, with which the file ends: SHA-256 of the bytes before it, in hex.
SEAL_BYTES = 64
UNSEALED = b"0" * SEAL_BYTES
CHUNK_BYTES = 1 << 18
OURS_ONLY = 0o600


class BadBackup(StackError):
    """The file cannot be restored, and nothing was changed; the message says why."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table in the file.

    Attributes:
        columns: names of the columns, in the order of the rows.
        sha256: checksum of the rows, which are sorted by their key, so that equal rows have equal checksums.
    """

    name: str
    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The table of contents of a backup.

    Attributes:
        user: id of the user of a backup of one user; None for everything.
        saved_at: time of the saved state, RFC 3339.
        postgres: version of the server that the backup was read from.
        migrations: names and checksums of the schema's migrations.
        sequences: the last value of each sequence.
        tables: the tables, each after those that it refers to.
        files: files beside the database, by their names in the data folder.
    """

    user: str | None
    saved_at: str
    postgres: str
    migrations: dict[str, str]
    sequences: dict[str, int]
    tables: list[Table]
    files: list[str]


class Rows:
    """The target of COPY's output, which counts the rows and computes their checksum."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.count = 0

    def write(self, data: bytes) -> None:
        """Take one or more whole rows; COPY writes a line break inside a value as two characters."""
        self._target.write(data)
        self._digest.update(data)
        self.count += data.count(b"\n")

    @property
    def sha256(self) -> str:
        """Checksum of all rows, in hex."""
        return self._digest.hexdigest()


class Writer:
    """The writer of a new backup."""

    def __init__(self, content: zipfile.ZipFile) -> None:
        self._content = content

    @contextlib.contextmanager
    def rows(self, table: str) -> Iterator[Rows]:
        """Open the target for the rows of a table."""
        with self._content.open(f"tables/{table}.copy", "w", force_zip64=True) as target:
            yield Rows(target)

    def file(self, name: str, content: bytes) -> None:
        """Add a file of the data folder."""
        self._content.writestr(f"files/{name}", content)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest."""
        document = {"product": "warmpath", "format": FORMAT, **asdict(manifest)}
        self._content.writestr(MANIFEST, json.dumps(document, indent=1))


class Reader:
    """A backup whose checksum holds."""

    def __init__(self, content: zipfile.ZipFile, manifest: Manifest) -> None:
        self._content = content
        self.manifest = manifest

    def rows(self, table: Table) -> Iterator[bytes]:
        """Read the rows of a table, in chunks."""
        with self._content.open(f"tables/{table.name}.copy") as source:
            while chunk := source.read(CHUNK_BYTES):
                yield chunk

    def file(self, name: str) -> bytes:
        """Return the content of a file of the data folder."""
        return self._content.read(f"files/{name}")


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Make a backup that only this user may read; the file gets its name once it is complete and on the disk.

    Raises:
        StackError: the file exists already, or cannot be made.
    """
    if path.exists():
        raise StackError(f"{path} exists already: choose another name")
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
    """Open a backup and verify its checksum.

    Raises:
        BadBackup: the file is damaged, is not a backup, or has a later format.
        StackError: the file cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise StackError(f"{path} cannot be read: {error.strerror}") from error
    with file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - SEAL_BYTES))
        if file.read() != _sum(file):
            raise BadBackup(f"{path} is not a backup, or was truncated or changed: its checksum does not match")
        with zipfile.ZipFile(file) as content:
            yield Reader(content, _manifest(path, json.loads(content.read(MANIFEST))))


def _manifest(path: Path, document: dict[str, object]) -> Manifest:
    if document.pop("product", None) != "warmpath":
        raise BadBackup(f"{path} is not a backup of Warmpath")
    form = document.pop("format")
    if form != FORMAT:
        raise BadBackup(
            f"{path} has format {form}, which a later version of Warmpath wrote: restore it with that version"
        )
    manifest = Manifest(**document)  # type: ignore[arg-type]
    manifest.tables[:] = [Table(**table) for table in manifest.tables]  # type: ignore[arg-type]
    return manifest


def _sum(file: IO[bytes]) -> bytes:
    """Compute the checksum of a file without its seal."""
    digest = hashlib.sha256()
    left = file.seek(0, os.SEEK_END) - SEAL_BYTES
    file.seek(0)
    while left > 0:
        chunk = file.read(min(left, CHUNK_BYTES))
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()
