"""Reads Excel workbooks (.xlsx): the first visible sheet that is a list of contacts, as if it had been saved as CSV."""

from __future__ import annotations

import csv
import io
import tempfile
import warnings
import zlib
from array import array
from bisect import bisect_right
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast
from zipfile import BadZipFile

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from shared.contacts.importing.csv_dialect import MAX_COLUMNS
from shared.contacts.importing.csv_reader import open_csv
from shared.contacts.importing.encoding import Survey
from shared.contacts.importing.source import Source
from shared.contacts.importing.workbook_limits import (
    MAX_ROWS,
    MAX_SHEETS,
    MAX_TABLE_BYTES,
    MAX_TEXT_BYTES,
    MAX_TEXTS,
    Guard,
    Parts,
    Stretch,
)
from shared.errors import BadRequest, CrmError, TooLarge, UnsupportedFormat, ValidationFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zipfile import ZipFile

    from shared.contacts.importing.parsed import ContactFile, Record

_IN_MEMORY_BYTES = 8 * 1024 * 1024
_SHARED_TEXT_TAG = f"{{{SHEET_MAIN_NS}}}si"
# What reading the archive and its XML raises; SyntaxError is the XML parser's, RecursionError comes of elements within elements.
_DAMAGE = (
    BadZipFile,
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    zlib.error,
)
_UTF8 = Survey("utf-8", "strict", has_nul=False)
# It tells of styles and drop-down lists that it does not keep; nobody here wants them.
warnings.filterwarnings("ignore", module="openpyxl")


class _Table(NamedTuple):
    """A sheet as CSV.

    Attributes:
        file: the CSV.
        lines: for each row that was written, the line of the CSV on which it begins.
        rows: for each of them, its number in the sheet.
    """

    file: BinaryIO
    lines: array[int]
    rows: array[int]


class _BookReader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's, of which only what contacts need is read, and nothing without a bound."""

    def __init__(self, source: Source) -> None:
        self.guard = Guard(source.open())
        super().__init__(self.guard, read_only=True, data_only=True, keep_links=False)
        self.archive: Any = Parts(self.guard, cast("ZipFile", vars(self)["archive"]))

    def read(self) -> list[str]:
        """Reads all but the sheets.

        Returns:
            The parts with the visible sheets, in their order.
        """
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        found = [
            rel.target
            for sheet, rel in self.parser.find_sheets()
            if sheet.state == "visible" and "chartsheet" not in rel.Type and rel.target in self.valid_files
        ]
        if len(found) > MAX_SHEETS:
            raise TooLarge(f"The workbook has {len(found)} sheets, more than {MAX_SHEETS}: keep only the contacts")
        return found

    def read_strings(self) -> None:
        """Reads the texts that cells name by their number."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as packed:
                self.shared_strings = list(self._shared_texts(Stretch(self.guard, packed, "a text that cells share")))

    @staticmethod
    def _shared_texts(source: Stretch) -> Iterator[str]:
        count = size = 0
        for _, element in iterparse(source):
            if element.tag == _SHARED_TEXT_TAG:
                text = Text.from_tree(element).content.replace("x005F_", "")  # as openpyxl reads it
                element.clear()
                source.begin()
                count, size = count + 1, size + len(text)
                if count > MAX_TEXTS or size > MAX_TEXT_BYTES:
                    raise TooLarge(
                        f"The workbook has more than {MAX_TEXTS:,} different texts, or {MAX_TEXT_BYTES // 1024 // 1024} MB of them:"
                        " keep only the contacts, or save it as CSV"
                    )
                yield text

    def rows(self, part: str) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """The number of each row that a sheet has, and its cells.

        Not openpyxl's own loop, which makes a row of every number up to the next one that there is.
        """
        with self.archive.open(part) as packed:
            source = Stretch(self.guard, packed, "a row")
            parser = WorkSheetParser(
                source, self.shared_strings, data_only=True, epoch=self.wb.epoch,
                date_formats=self.wb._date_formats, timedelta_formats=self.wb._timedelta_formats,  # noqa: SLF001
            )  # fmt: skip
            for _, element in iterparse(source):
                if element.tag == DATA_TAG:
                    return  # what follows is about looks
                if element.tag == ROW_TAG:
                    yield parser.parse_row(element)
                    element.clear()
                    parser.row_dimensions.clear()
                    source.begin()


def open_workbook(source: Source, mapping: Mapping[str, str]) -> ContactFile:
    """Recognises a workbook; its rows are read as they are asked for.

    Raises:
        BadRequest: it is damaged, or empty.
        TooLarge: it holds more than can be taken in, or takes too long.
        ValidationFailed: the mapping is wrong, or no column of the first sheet can identify a person.
    """
    first_refusal: BadRequest | UnsupportedFormat | ValidationFailed | None = None
    try:
        reader = _BookReader(source)
        sheets = reader.read()
    except _DAMAGE as error:
        raise _damaged() from error
    for sheet in sheets:
        table = _table_of(reader, sheet)
        try:
            file = open_csv(Source(_reopening(table.file)), _UTF8, mapping)
        except (BadRequest, UnsupportedFormat, ValidationFailed) as refusal:
            table.file.close()
            first_refusal = first_refusal or refusal
        else:
            return replace(file, records=_by_rows(file.records, table))
    raise first_refusal or BadRequest("The workbook has no visible sheet: choose the file with the contacts")


def _damaged() -> BadRequest:
    return BadRequest("The Excel workbook cannot be read: open it and save it as CSV UTF-8")


def _table_of(reader: _BookReader, sheet: str) -> _Table:
    """The sheet as CSV. However many rows stand empty between two, they make one blank line."""
    table = _Table(cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)), array("L"), array("L"))  # noqa: SIM115 - lives as long as the records
    line = written = 1
    try:
        for number, cells in _rows(reader, sheet):
            if not cells:
                continue
            text = io.StringIO(newline="")
            if number > written + 1:
                text.write("\n")
            table.lines.append(line + (number > written + 1))
            table.rows.append(number)
            csv.writer(text, lineterminator="\n").writerow(cells)
            line += text.getvalue().count("\n")
            written = number
            table.file.write(text.getvalue().encode("utf-8", "replace"))
            _check_size(table.file)
    except CrmError:
        table.file.close()
        raise
    return table


def _rows(reader: _BookReader, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each row of a sheet, and its cells as text, without the empty ones at its end."""
    try:
        for count, (number, cells) in enumerate(reader.rows(sheet), 1):
            _check_rows(number, count)
            yield number, _texts(cells)
    except _DAMAGE as error:
        raise _damaged() from error


def _texts(cells: list[dict[str, Any]]) -> list[str]:
    """The texts of a row, each in its column."""
    texts = {cell["column"]: text for cell in cells if (text := _text(cell["value"]))}
    width = max(texts, default=0)
    if width > MAX_COLUMNS:
        raise BadRequest(f"The sheet has {width} columns, more than {MAX_COLUMNS}: keep only those of the contacts")
    return [texts.get(column, "") for column in range(1, width + 1)]


def _check_rows(number: int, count: int) -> None:
    if count > MAX_ROWS:
        raise TooLarge(f"The sheet has more than {MAX_ROWS:,} rows: split it and import the parts")
    if not 0 < number <= MAX_ROWS:
        raise BadRequest(
            f"The sheet has a row {number}, and a sheet has rows 1 to {MAX_ROWS:,}: open the workbook in Excel and save it anew"
        )


def _check_size(table: BinaryIO) -> None:
    if table.tell() > MAX_TABLE_BYTES:
        raise TooLarge(
            f"The sheet holds more than {MAX_TABLE_BYTES // 1024 // 1024} MB: save it as CSV and import that"
        )


def _text(value: Any) -> str:
    """A cell as people read it: a day without a time, a whole number without its point."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _reopening(table: BinaryIO) -> Any:
    def reopen() -> BinaryIO:
        table.seek(0)
        return table

    return reopen


def _by_rows(records: Iterator[Record], table: _Table) -> Iterator[Record]:
    """The records with the row of the sheet in place of the line of the table."""
    with table.file:
        for record in records:
            record.line = table.rows[bisect_right(table.lines, record.line) - 1] if table.rows else record.line
            yield record
