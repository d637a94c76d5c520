"""Read rows about contacts, named by e-mail or by id, from any file with a table: rows become COPY text, bad rows are reported."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from uuid import UUID

from shared.errors import BadRequest
from shared.formats.csv_dialect import DATA, find_dialect
from shared.formats.csv_lines import LineFeed
from shared.formats.csv_reader import Flaw, read_rows
from shared.formats.recognition import declared_charset, either, recognise
from shared.formats.source import from_stream
from shared.imports.files import FileFault, FileRow, OpenFile, Outcome
from shared.imports.outcome import MAX_ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from zipfile import ZipInfo

    from shared.formats import csv_reader
    from shared.formats.encoding import Survey
    from shared.formats.source import Source
    from shared.formats.workbook import Sheet
    from shared.imports.files import Batch
    from shared.imports.outcome import Merged

FORMATS = ("CSV", ".xlsx")  # in which to export a table, as messages call them
MAX_CELL = 320  # characters of an e-mail address, and of a value quoted in an error

_ROWS_PER_CHUNK = 5_000
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": None})


class BadRow(Exception):
    """A row that cannot be used.

    Attributes:
        field: the name of the field at fault.
        message: how to write it correctly.
        value: the text that the row has there.
    """

    def __init__(self, field_name: str, message: str, value: str) -> None:
        self.field = field_name
        self.message = message
        self.value = value[:MAX_CELL]
        super().__init__(message)


class Columns(NamedTuple):
    """The columns of a table (a `Vocabulary`): the header is the first row with all columns of one kind of key.

    Attributes:
        by_email: the columns that name the contacts by e-mail.
        by_id: the columns that name the contacts by id.
        others: further columns, which may be missing.
    """

    by_email: Sequence[str]
    by_id: Sequence[str]
    others: Sequence[str]

    def keys_in(self, cells: Sequence[str]) -> Sequence[str] | None:
        """The columns of the kind of key that a header has; None for a row that is not a header."""
        titles = {_title(cell) for cell in cells}
        return next((keys for keys in (self.by_email, self.by_id) if titles.issuperset(keys)), None)

    def is_known(self, name: str) -> bool:
        """Whether a column with this name is read."""
        return _title(name) in {*self.by_email, *self.by_id, *self.others}

    def judge(self, cells: Sequence[str]) -> int:
        """Rate a row: 1 for a header; `DATA` for a row with an address or an id, after which no header follows; else 0."""
        if self.keys_in(cells) is not None:
            return 1
        return DATA if any("@" in cell or _is_id(cell) for cell in cells) else 0

    def find_unknown_header(self, rows: Sequence[Sequence[str]]) -> int | None:  # noqa: ARG002  # of a `Vocabulary`
        """Return None: a table without these names does not say which contacts are meant."""
        return None


class Row(NamedTuple):
    """A row of a file.

    Attributes:
        line: the line on which the row begins; in a workbook, the row of the sheet.
        cells: as they stand in the file.
        places: field -> its index among the cells.
        by_id: whether contacts are named by id; else by e-mail.
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
        """The id or the e-mail of a contact, in lower case, ready for COPY.

        Raises:
            BadRow: the cell holds something else.
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
    """A file that is being read.

    Attributes:
        by_id: whether contacts are named by id; else by e-mail.
        mapping: title of a column -> its field.
        places: field -> its index in a row.
        entries: the rows as they are written, and the flaws of some.
        facts: `charset`, `columns` and `delimiter`.
        failed: how many rows could not be used so far.
        errors: the first `MAX_ERRORS` errors.
    """

    by_id: bool
    mapping: dict[str, str]
    places: dict[str, int]
    entries: Iterator[csv_reader.Row | Flaw]
    facts: dict[str, Any] = field(default_factory=dict)
    failed: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)

    def chunks(self, copied: Callable[[Row], str]) -> Iterator[bytes]:
        """The rows as chunks of COPY text.

        Args:
            copied: writes a row as a line; raises BadRow for a row that cannot be used.
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

    def opened(self, copied: Callable[[Row], str], key: Callable[[list[str]], str]) -> OpenFile:
        """The rows one by one, for a job.

        Args:
            copied: as in `chunks`; the fields of a line are separated by tabs, its first is the number of the line.
            key: what rows that change the same thing have in common, from these fields.
        """
        return OpenFile(
            "csv", self.mapping, self.facts, [], {"by_id": self.by_id}, self._opened(copied, key), lambda: None
        )

    def _opened(self, copied: Callable[[Row], str], key: Callable[[list[str]], str]) -> Iterator[FileRow | FileFault]:
        for entry in self.entries:
            if isinstance(entry, Flaw):
                what_to_do = "" if entry.lost else ": check this row"
                yield FileFault(entry.line, None, entry.message + what_to_do, entry.text[:MAX_CELL], entry.lost)
                continue
            line, cells, _ = entry
            try:
                data = copied(Row(line, cells, self.places, self.by_id))
            except BadRow as error:
                yield FileFault(line, error.field, error.message, error.value, is_refused=True, cells=cells)
                continue
            shown = {"cells": cells}
            yield FileRow(line, data, key(data[:-1].split("\t")), "", True, cells, lambda shown=shown: shown)  # type: ignore[misc]

    def _report(self, line: int, field_name: str | None, message: str, value: str) -> None:
        if len(self.errors) < MAX_ERRORS:
            self.errors.append({"line": line, "field": field_name, "message": message, "value": value})


def open_table(stream: BinaryIO, columns: Columns, *, subject: str, content_type: str, max_bytes: int) -> TableFile:
    """Open a table with a header: delimited text in any charset, a workbook, or a ZIP archive of one of them.

    Args:
        stream: the file; must stay open while the rows are read.
        columns: the columns that its header must and may have.
        subject: the plural noun that messages use for its rows.
        content_type: as the client sent it; its charset is used where the bytes allow.
        max_bytes: the most bytes that the file may have.

    Raises:
        BadRequest: the file has no such header, or is damaged.
        TooLarge: the file is larger than the limits.
        UnsupportedFormat: the file is of a kind that is never a table.
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
            f"the file has no known header, it begins {', '.join(seen)[:200]!r}; begin it with a header: "
            f"{','.join((*columns.by_email, *columns.others))} or {','.join((*columns.by_id, *columns.others))}"
        )
    titles = [_title(cell) for cell in header]
    places = {name: titles.index(name) for name in (*keys, *columns.others) if name in titles}
    mapping = {header[place]: name for name, place in places.items()}
    facts = {"charset": survey.encoding, "columns": header, "delimiter": dialect.delimiter}
    return TableFile(keys is columns.by_id, mapping, places, read_rows(source, survey, dialect), facts)


def outcome_of(merged: Merged, batch: Batch) -> Outcome:
    """The outcome of a batch of a job, with the cells of the rows that were refused."""
    cells = dict(zip(batch.lines, batch.cells, strict=True))
    faults = [
        FileFault(error["line"], error["field"], error["message"], error["value"], True, cells[error["line"]])
        for error in json.loads(merged.errors)
    ]
    return Outcome(merged.created, merged.updated, merged.unchanged, merged.failed, faults)


def _open_workbook(source: Source, columns: Columns) -> TableFile:
    """Open the first visible sheet with a known header; errors name rows of the sheet."""
    from shared.formats.workbook import open_workbook  # noqa: PLC0415  # takes 0.1 s, which other files should not pay

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
