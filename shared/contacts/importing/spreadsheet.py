"""Reads Excel workbooks (.xlsx): the first visible sheet that is a list of contacts, as if it had been saved as CSV."""

from __future__ import annotations

import csv
import io
import tempfile
import warnings
import zlib
from bisect import bisect_right
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from zipfile import BadZipFile

from openpyxl import load_workbook

from shared.contacts.importing.csv_dialect import MAX_COLUMNS
from shared.contacts.importing.csv_reader import open_csv
from shared.contacts.importing.encoding import Survey
from shared.contacts.importing.source import Source
from shared.errors import BadRequest, CrmError, TooLarge, UnsupportedFormat, ValidationFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    from shared.contacts.importing.parsed import ContactFile, Record

# One text may stand in any number of cells, so a small workbook can be a table without end.
MAX_TABLE_BYTES = 128 * 1024 * 1024
_IN_MEMORY_BYTES = 8 * 1024 * 1024
# What reading the archive and its XML raises; SyntaxError is the XML parser's.
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
    zlib.error,
)
_UTF8 = Survey("utf-8", "strict", has_nul=False)
# It tells of styles and drop-down lists that it does not keep; nobody here wants them.
warnings.filterwarnings("ignore", module="openpyxl")


def open_workbook(source: Source, mapping: Mapping[str, str]) -> ContactFile:
    """Recognises a workbook; its rows are read as they are asked for.

    Raises:
        BadRequest: it is damaged, or empty.
        TooLarge: a sheet holds more than can be taken in.
        ValidationFailed: the mapping is wrong, or no column of the first sheet can identify a person.
    """
    first_refusal: BadRequest | UnsupportedFormat | ValidationFailed | None = None
    try:
        book = load_workbook(source.open(), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except _DAMAGE as error:
        raise _damaged() from error
    for sheet in sheets:
        table, row_lines = _table_of(cast("ReadOnlyWorksheet", sheet))
        try:
            file = open_csv(Source(_reopening(table)), _UTF8, mapping)
        except (BadRequest, UnsupportedFormat, ValidationFailed) as refusal:
            table.close()
            first_refusal = first_refusal or refusal
        else:
            return replace(file, records=_by_rows(file.records, table, row_lines))
    raise first_refusal or BadRequest("The workbook has no visible sheet: choose the file with the contacts")


def _damaged() -> BadRequest:
    return BadRequest("The Excel workbook cannot be read: open it and save it as CSV UTF-8")


def _table_of(sheet: ReadOnlyWorksheet) -> tuple[BinaryIO, list[int]]:
    """The sheet as CSV, and the line of it on which each row begins."""
    table = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES))  # noqa: SIM115 - lives as long as the records
    begins: list[int] = []
    line = 1
    try:
        for cells in _rows(sheet):
            _check_width(cells)
            begins.append(line)
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerow(cells)
            line += text.getvalue().count("\n")
            table.write(text.getvalue().encode("utf-8", "replace"))
            _check_size(table)
    except CrmError:
        table.close()
        raise
    return table, begins


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[list[str]]:
    """The cells of each row as text, without the empty ones at its end."""
    try:
        sheet.reset_dimensions()  # many programs write wrong ones
        for row in sheet.iter_rows(values_only=True):
            cells = [_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            yield cells
    except _DAMAGE as error:
        raise _damaged() from error


def _check_width(cells: list[str]) -> None:
    if len(cells) > MAX_COLUMNS:
        raise BadRequest(
            f"The sheet has {len(cells)} columns, more than {MAX_COLUMNS}: keep only those of the contacts"
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


def _by_rows(records: Iterator[Record], table: BinaryIO, begins: list[int]) -> Iterator[Record]:
    """The records with the row of the sheet in place of the line, which differ below a cell of several lines."""
    with table:
        for record in records:
            record.line = bisect_right(begins, record.line)
            yield record
