"""How much of a workbook is read: a small archive can be a table without end, or a minute of work for each of its bytes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from shared.errors import TooLarge, quoted

if TYPE_CHECKING:
    from typing import BinaryIO
    from zipfile import ZipFile

MAX_ROWS = 1_048_576  # Excel's own
# A hundred thousand rows of sixty columns, empty cells included: each takes microseconds, whatever is in it.
MAX_CELLS = 6_000_000
# One text may stand in any number of cells, so the table is bounded as well as the archive.
MAX_TABLE_BYTES = 128 * 1024 * 1024
# Of the texts that cells share, which are held in memory: a hundred thousand rows with ten texts of their own each.
MAX_TEXTS = 1_000_000
MAX_TEXT_BYTES = 64 * 1024 * 1024
# XML between the ends of two rows, or of two shared texts: the parser holds all of it, as some thirty times its size.
MAX_STRETCH_BYTES = 2 * 1024 * 1024
# A hundred thousand rows take a tenth of it. The request itself has five minutes.
MAX_SECONDS = 60.0
MAX_SHEETS = 256
# Of a part that is read whole (styles, names of sheets): its size, and how many elements begin or end in it.
MAX_PART_BYTES = 16 * 1024 * 1024
MAX_PART_MARKS = 500_000


class Guard:
    """The bytes of a workbook, which stop coming when reading them has taken too long.

    All of openpyxl's work goes through here, so no part of a workbook needs a limit of its own to end in time.

    Attributes:
        subject: what the workbook should list, as messages call it.
    """

    def __init__(self, stream: BinaryIO, subject: str) -> None:
        self.subject = subject
        self._stream = stream
        self._until = time.monotonic() + MAX_SECONDS

    def read(self, size: int = -1) -> bytes:
        """As the stream.

        Raises:
            TooLarge: time is up.
        """
        self.check()
        return self._stream.read(size)

    def check(self) -> None:
        """End what takes too long.

        Raises:
            TooLarge: time is up.
        """
        if time.monotonic() > self._until:
            raise TooLarge(
                f"The workbook takes longer than {MAX_SECONDS:.0f} seconds to read: keep only the {self.subject}, or save it as CSV"
            )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Parts:
    """The parts of a workbook."""

    def __init__(self, guard: Guard, archive: ZipFile) -> None:
        self._guard = guard
        self._archive = archive

    def read(self, name: str) -> bytes:
        """A part that is parsed whole.

        Raises:
            TooLarge: it has more in it than any list needs.
        """
        self._guard.check()
        size = self._archive.getinfo(name).file_size
        data = self._archive.read(name) if size <= MAX_PART_BYTES else b""
        if size > MAX_PART_BYTES or data.count(b"<") > MAX_PART_MARKS:
            raise TooLarge(
                f"{quoted(name)} in the workbook is too large: copy the {self._guard.subject} into a new workbook, or save it as CSV"
            )
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._archive, name)


class Stretch:
    """A part of a workbook in which no single thing may be longer than `MAX_STRETCH_BYTES`."""

    def __init__(self, guard: Guard, packed: Any, what: str) -> None:
        self._guard = guard
        self._packed = packed
        self._what = what
        self._since = 0

    def begin(self) -> None:
        """Note that one thing has ended and the next begins."""
        self._since = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            TooLarge: time is up, or what is being read has no end.
        """
        self._guard.check()
        data: bytes = self._packed.read(size)
        self._since += len(data)
        if self._since > MAX_STRETCH_BYTES:
            raise TooLarge(
                f"The workbook has {self._what} of more than {MAX_STRETCH_BYTES // 1024 // 1024} MB: keep only the {self._guard.subject}, or save it as CSV"
            )
        return data
