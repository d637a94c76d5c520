"""Rows that are about contacts, named by e-mail or by id, out of any file with a table: rows become COPY text, bad ones are reported."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from uuid import UUID

from shared.errors import BadRequest
from shared.formats.csv_dialect import DATA, find_dialect
from shared.formats.csv_lines import LineFeed
from shared.formats.csv_reader import Flaw, read_rows
from shared.formats.recognition import declared_charset, either, recognise
from shared.formats.source import from_stream
from shared.imports.report import MAX_ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from zipfile import ZipInfo

    from shared.formats import csv_reader
    from shared.formats.encoding import Survey
    from shared.formats.source import Source
    from shared.formats.workbook import Sheet

FORMATS = ("CSV", ".xlsx")  # in which to export a table, as messages call them
MAX_CELL = 320  # characters of an e-mail address, and of a value that is quoted in an error

_ROWS_PER_CHUNK = 5_000
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": None})


class BadRow(Exception):
    """A row that cannot be used.

    Attributes:
        field: which field of it.
        message: what would be right.
        value: what stands there.
    """

    def __init__(self, field_name: str, message: str, value: str) -> None:
        self.field = field_name
        self.message = message
        self.value = value[:MAX_CELL]
        super().__init__(message)


class Columns(NamedTuple):
    """The columns of a table (a `Vocabulary`): the header is the first row that has all of one kind of key.

    Attributes:
        by_email: columns that together name contacts by e-mail.
        by_id: columns that do so by id.
        others: columns that may be missing.
    """

    by_email: Sequence[str]
    by_id: Sequence[str]
    others: Sequence[str]

    def keys_in(self, cells: Sequence[str]) -> Sequence[str] | None:
        """Which of the two kinds of key a header has; None for a row that is not one."""
        titles = {_title(cell) for cell in cells}
        return next((keys for keys in (self.by_email, self.by_id) if titles.issuperset(keys)), None)

    def is_known(self, name: str) -> bool:
        """Whether a column with this name is read."""
        return _title(name) in {*self.by_email, *self.by_id, *self.others}

    def judge(self, cells: Sequence[str]) -> int:
        """1 for a header; `DATA` for a row with an address or an id, below which no row is a header."""
        if self.keys_in(cells) is not None:
            return 1
        return DATA if any("@" in cell or _is_id(cell) for cell in cells) else 0

    def find_unknown_header(self, rows: Sequence[Sequence[str]]) -> int | None:  # noqa: ARG002  # of a `Vocabulary`
        """None: only these names say who is meant."""
        return None


class Row(NamedTuple):
    """A row of a file.

    Attributes:
        line: on which it begins; of a workbook, the row of the sheet.
        cells: as they stand in the file.
        places: where which field stands among them.
        by_id: contacts are named by id, else by e-mail.
    """

    line: int
    cells: list[str]
    places: dict[str, int]
    by_id: bool

    def cell(self, name: str) -> str:
        """The text of a field; empty where the row or the file has none."""
        place = self.places.get(name)
        return self.cells[place].strip() if place is not None and place < len(self.cells) else ""

    def contact(self, name: str) -> str:
        """An id or an e-mail in lower case, ready for COPY.

        Raises:
            BadRow: it is none.
        """
        value = self.cell(name)
        if self.by_id:
            try:
                return str(UUID(value))
            except ValueError:
                raise BadRow(name, "write the id of a contact", value) from None
        if not value or len(value) > MAX_CELL:
            raise BadRow(name, "write the e-mail address of a contact", value)
        return value.lower().translate(_ESCAPED)


@dataclass(slots=True)
class TableFile:
    """A file, being read.

    Attributes:
        by_id: contacts are named by id, else by e-mail.
        mapping: titles of columns and the fields they are.
        places: where which field stands in a row.
        entries: the rows as they are written, and what is wrong with some.
        failed: rows that could not be used so far.
        errors: the first `MAX_ERRORS` of what was wrong.
    """

    by_id: bool
    mapping: dict[str, str]
    places: dict[str, int]
    entries: Iterator[csv_reader.Row | Flaw]
    failed: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)

    def chunks(self, copied: Callable[[Row], str]) -> Iterator[bytes]:
        """Rows as chunks of COPY text.

        Args:
            copied: makes a line of a row; raises BadRow where it cannot.
        """
        chunk: list[str] = []
        for entry in self.entries:
            if isinstance(entry, Flaw):
                self.failed += entry.lost
                what_to_do = "" if entry.lost else ": check this row"
                self._report(entry.line, None, entry.message + what_to_do, entry.text[:MAX_CELL])
                continue
            line, cells, _ = entry
            try:
                chunk.append(copied(Row(line, cells, self.places, self.by_id)))
            except BadRow as error:
                self.failed += 1
                self._report(line, error.field, error.message, error.value)
                continue
            if len(chunk) == _ROWS_PER_CHUNK:
                yield "".join(chunk).encode()
                chunk.clear()
        yield "".join(chunk).encode()

    def _report(self, line: int, field_name: str | None, message: str, value: str) -> None:
        if len(self.errors) < MAX_ERRORS:
            self.errors.append({"line": line, "field": field_name, "message": message, "value": value})


def open_table(stream: BinaryIO, columns: Columns, *, subject: str, content_type: str, max_bytes: int) -> TableFile:
    """Open a table with a header: delimited text in any charset, a workbook, or a ZIP archive of one of them.

    Args:
        stream: the file; must stay open while the rows are read.
        columns: what its header must and may have.
        subject: what it should list, as messages call it.
        content_type: as the client sent it; its charset is used where the bytes allow.
        max_bytes: the most that it may have.

    Raises:
        BadRequest: there is no such header, or the file is damaged.
        TooLarge: it holds more than can be taken in.
        UnsupportedFormat: it is of a kind that is never a table.
    """
    return _open(from_stream(stream, subject, max_bytes=max_bytes), columns, declared_charset(content_type))


def _open(source: Source, columns: Columns, declared: str | None) -> TableFile:
    found = recognise(source, declared, formats=FORMATS, is_column=columns.is_known)
    if found.survey is not None:
        return _open_text(source, found.survey, columns)
    from shared.formats.archive import Archive  # noqa: PLC0415  # few imports are archives

    archive = Archive(source)
    if archive.is_workbook():
        return _open_workbook(source, columns)

    def opened(member: ZipInfo) -> TableFile:
        return _open(archive.source_of(member), columns, declared)

    return archive.open_best(archive.tables(), opened, formats=either(FORMATS))


def _open_text(source: Source, survey: Survey, columns: Columns) -> TableFile:
    dialect = find_dialect(LineFeed(source, survey.encoding, survey.errors), columns, skips_blanks=True)
    header = dialect.header if dialect is not None else None
    keys = columns.keys_in(header) if header is not None else None
    if dialect is None or header is None or keys is None:
        seen = next(iter(dialect.rows), []) if dialect is not None else []
        raise BadRequest(
            f"the columns {', '.join(seen)[:200]!r} are not known here; begin with a header: "
            f"{','.join((*columns.by_email, *columns.others))} or {','.join((*columns.by_id, *columns.others))}"
        )
    titles = [_title(cell) for cell in header]
    places = {name: titles.index(name) for name in (*keys, *columns.others) if name in titles}
    mapping = {header[place]: name for name, place in places.items()}
    return TableFile(keys is columns.by_id, mapping, places, read_rows(source, survey, dialect))


def _open_workbook(source: Source, columns: Columns) -> TableFile:
    """The first visible sheet with such a header; errors name rows of the sheet."""
    from shared.formats.workbook import open_workbook  # noqa: PLC0415  # 0.1 s that other files should not pay

    def opened(sheet: Sheet) -> TableFile:
        file = _open_text(sheet.source, sheet.survey, columns)
        file.entries = _by_rows(file.entries, sheet)
        return file

    return open_workbook(source, opened)


def _by_rows(entries: Iterator[csv_reader.Row | Flaw], sheet: Sheet) -> Iterator[csv_reader.Row | Flaw]:
    with sheet:
        for entry in entries:
            if isinstance(entry, Flaw):
                entry.line = sheet.row_of(entry.line)
                yield entry
            else:
                line, cells, size = entry
                yield sheet.row_of(line), cells, size


def _title(cell: str) -> str:
    return cell.strip().lower()


def _is_id(cell: str) -> bool:
    with contextlib.suppress(ValueError):
        return bool(UUID(cell))
    return False
