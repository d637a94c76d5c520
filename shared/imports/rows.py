"""Reads CSV files whose rows are about contacts, named by e-mail or by id: rows become COPY text, bad ones are told."""

from __future__ import annotations

import contextlib
import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from uuid import UUID

from shared.errors import BadRequest, UnsupportedFormat
from shared.imports.report import MAX_ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ROWS_PER_CHUNK = 5_000
MAX_CELL = 320  # characters of an e-mail address, and of a value that is quoted in an error
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


class Row(NamedTuple):
    """A row of a file.

    Attributes:
        line: on which it begins.
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
class CsvFile:
    """A file, being read.

    Attributes:
        by_id: contacts are named by id, else by e-mail.
        mapping: titles of columns and the fields they are.
        failed: rows that could not be used so far.
        errors: the first `MAX_ERRORS` of them.
    """

    by_id: bool
    mapping: dict[str, str]
    rows: Iterator[Row]
    failed: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)

    def chunks(self, copied: Callable[[Row], str]) -> Iterator[bytes]:
        """Rows as chunks of COPY text.

        Args:
            copied: makes a line of a row; raises BadRow where it cannot.
        """
        chunk: list[str] = []
        for row in self.rows:
            try:
                chunk.append(copied(row))
            except BadRow as error:
                self.failed += 1
                if len(self.errors) < MAX_ERRORS:
                    self.errors.append(
                        {"line": row.line, "field": error.field, "message": error.message, "value": error.value}
                    )
                continue
            if len(chunk) == _ROWS_PER_CHUNK:
                yield "".join(chunk).encode()
                chunk.clear()
        yield "".join(chunk).encode()


@contextlib.contextmanager
def open_csv(
    stream: BinaryIO, *, by_email: Sequence[str], by_id: Sequence[str], others: Sequence[str]
) -> Iterator[CsvFile]:
    """A CSV file in UTF-8 with a header; comma, semicolon and tabulator are told apart by it.

    Args:
        stream: the file.
        by_email: columns that together name contacts by e-mail.
        by_id: columns that do so by id.
        others: columns that may be missing.

    Raises:
        BadRequest: there is no such header, or it is no CSV.
        UnsupportedFormat: it is no text in UTF-8.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        rows = _rows(text)
        header = next(rows, (1, []))[1]
        titles = [title.strip().lower() for title in header]
        for keys in (by_email, by_id):
            if set(keys) <= set(titles):
                places = {name: titles.index(name) for name in (*keys, *others) if name in titles}
                mapping = {header[place]: name for name, place in places.items()}
                ids = keys is by_id
                yield CsvFile(ids, mapping, (Row(line, cells, places, ids) for line, cells in rows))
                break
        else:
            raise BadRequest(
                f"the columns {', '.join(header)[:200]!r} are not known here; begin with a header: "
                f"{','.join((*by_email, *others))} or {','.join((*by_id, *others))}"
            )
    except UnicodeDecodeError as error:
        raise UnsupportedFormat("the file is no UTF-8 text; save it as CSV in UTF-8") from error
    except csv.Error as error:
        raise BadRequest(f"the file is no CSV: {error}") from error
    finally:
        text.detach()


def _rows(text: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line on which it begins."""
    first = text.readline()
    reader = csv.reader(_first_then_rest(first, text), delimiter=max(",;\t", key=first.count), skipinitialspace=True)
    line = 1
    for cells in reader:
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _first_then_rest(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest
