"""Excel workbooks (.xlsx): the first visible sheet that can be used, as if it had been saved as CSV."""

from __future__ import annotations

import csv
import io
import tempfile
import warnings
import zlib
from array import array
from bisect import bisect_right
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self, TypeVar, cast
from zipfile import BadZipFile

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from shared.errors import BadRequest, CrmError, TooLarge, UnsupportedFormat, ValidationFailed
from shared.formats.csv_dialect import MAX_COLUMNS
from shared.formats.encoding import Survey
from shared.formats.source import Source
from shared.formats.workbook_limits import (
    MAX_CELLS,
    MAX_ROWS,
    MAX_SHEETS,
    MAX_TABLE_BYTES,
    MAX_TEXT_BYTES,
    MAX_TEXTS,
    Guard,
    Parts,
    Stretch,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from zipfile import ZipFile

_IN_MEMORY_BYTES = 8 * 1024 * 1024
_SHARED_TEXT_TAG = f"{{{SHEET_MAIN_NS}}}si"
# The errors of reading the archive and its XML; SyntaxError is the XML parser's, RecursionError comes of elements within elements.
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
# It warns of styles and drop-down lists that it does not keep; they are not needed here.
warnings.filterwarnings("ignore", module="openpyxl")


OpenedT = TypeVar("OpenedT")


class Sheet(NamedTuple):
    """A sheet as CSV; leaving the block closes it.

    Attributes:
        file: the CSV.
        subject: what the workbook should list, as messages call it.
        lines: for each row that was written, the line of the CSV on which it begins.
        rows: for each of them, its number in the sheet.
    """

    file: BinaryIO
    subject: str
    lines: array[int]
    rows: array[int]

    @property
    def source(self) -> Source:
        """The CSV, as any other file."""

        def reopen() -> BinaryIO:
            self.file.seek(0)
            return self.file

        return Source(reopen, self.subject)

    @property
    def survey(self) -> Survey:
        """How its bytes are read."""
        return _UTF8

    def row_of(self, line: int) -> int:
        """The row of the sheet that stands on a line of the CSV."""
        return self.rows[bisect_right(self.lines, line) - 1] if self.rows else line

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()


class _SheetParser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's, to which a number or a day that cannot be one is text, as it stands in the file: it spoils no other cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Read one cell."""
        kind = element.get("t", "n")
        try:
            with warnings.catch_warnings(action="ignore"):
                cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, OverflowError):
            if kind not in ("n", "d"):
                raise
            element.set("t", "str")
            return cast("dict[str, Any]", super().parse_cell(element))
        if kind == "n" and cell["value"] == "#VALUE!":  # a day outside of the calendar
            cell["value"] = element.findtext(VALUE_TAG)
        return cell


class _BookReader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's, of which only what a table needs is read, and nothing without a bound."""

    def __init__(self, source: Source) -> None:
        self.guard = Guard(source.open(), source.subject)
        super().__init__(self.guard, read_only=True, data_only=True, keep_links=False)
        self.archive: Any = Parts(self.guard, cast("ZipFile", vars(self)["archive"]))

    def read(self) -> list[str]:
        """Read all but the sheets.

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
            raise TooLarge(
                f"The workbook has {len(found)} sheets, more than {MAX_SHEETS}: keep only the {self.guard.subject}"
            )
        return found

    def read_strings(self) -> None:
        """Read the texts that cells name by their number."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as packed:
                self.shared_strings = list(self._shared_texts(Stretch(self.guard, packed, "a text that cells share")))

    def _shared_texts(self, source: Stretch) -> Iterator[str]:
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
                        f" keep only the {self.guard.subject}, or save it as CSV"
                    )
                yield text

    def rows(self, part: str) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """The number of each row that a sheet has, and its cells.

        Not openpyxl's own loop, which makes a row of every number up to the next one that there is.
        """
        with self.archive.open(part) as packed:
            source = Stretch(self.guard, packed, "a row")
            parser = _SheetParser(
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


def open_workbook(source: Source, open_sheet: Callable[[Sheet], OpenedT]) -> OpenedT:
    """The result of `open_sheet` for the first visible sheet that it does not refuse; that sheet stays open.

    Raises:
        BadRequest: the workbook is damaged or empty, or every sheet is refused, the first of them for this.
        TooLarge: it holds more than can be taken in, or takes too long.
        UnsupportedFormat, ValidationFailed: every sheet is refused, the first of them for this.
    """
    first_refusal: BadRequest | UnsupportedFormat | ValidationFailed | None = None
    try:
        reader = _BookReader(source)
        parts = reader.read()
    except _DAMAGE as error:
        raise _damaged() from error
    for part in parts:
        sheet = _sheet_of(reader, part)
        try:
            return open_sheet(sheet)
        except (BadRequest, UnsupportedFormat, ValidationFailed) as refusal:
            sheet.file.close()
            first_refusal = first_refusal or refusal
    raise first_refusal or BadRequest(f"The workbook has no visible sheet: choose the file with the {source.subject}")


def _damaged() -> BadRequest:
    return BadRequest("The Excel workbook cannot be read: open it and save it as CSV UTF-8")


def _sheet_of(reader: _BookReader, part: str) -> Sheet:
    """The sheet as CSV. However many rows stand empty between two, they make one blank line."""
    file = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES))  # noqa: SIM115 - lives as long as the rows
    sheet = Sheet(file, reader.guard.subject, array("L"), array("L"))
    line = written = 1
    try:
        for number, cells in _rows(reader, part):
            if not cells:
                continue
            text = io.StringIO(newline="")
            if number > written + 1:
                text.write("\n")
            sheet.lines.append(line + (number > written + 1))
            sheet.rows.append(number)
            csv.writer(text, lineterminator="\n").writerow(cells)
            line += text.getvalue().count("\n")
            written = number
            sheet.file.write(text.getvalue().encode("utf-8", "replace"))
            _check_size(sheet.file)
    except CrmError:
        sheet.file.close()
        raise
    return sheet


def _rows(reader: _BookReader, part: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each row of a sheet, and its cells as text, without the empty ones at its end."""
    try:
        read = 0
        for count, (number, cells) in enumerate(reader.rows(part), 1):
            read += len(cells)
            _check_rows(number, count, read)
            yield number, _texts(cells, reader.guard.subject)
    except _DAMAGE as error:
        raise _damaged() from error


def _texts(cells: list[dict[str, Any]], subject: str) -> list[str]:
    """The texts of a row, each in its column."""
    texts = {cell["column"]: text for cell in cells if (text := _text(cell["value"]))}
    width = max(texts, default=0)
    if width > MAX_COLUMNS:
        raise BadRequest(f"The sheet has {width} columns, more than {MAX_COLUMNS}: keep only those of the {subject}")
    return [texts.get(column, "") for column in range(1, width + 1)]


def _check_rows(number: int, count: int, cells: int) -> None:
    if count > MAX_ROWS:
        raise TooLarge(f"The sheet has more than {MAX_ROWS:,} rows: split it and import the parts")
    if cells > MAX_CELLS:
        raise TooLarge(f"The sheet has more than {MAX_CELLS:,} cells: split it and import the parts, or save it as CSV")
    if not 0 < number <= MAX_ROWS:
        raise BadRequest(
            f"The sheet has a row {number}, and a sheet has rows 1 to {MAX_ROWS:,}: open the workbook in Excel and save it again"
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
