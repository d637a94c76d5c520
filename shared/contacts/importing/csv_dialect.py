"""How a delimited file is written and where its header stands, found from its first rows and never by a line number."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from shared.contacts import addresses
from shared.contacts.importing import values
from shared.contacts.importing.birthdays import parse_birthday
from shared.contacts.importing.csv_columns import field_of, squash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

from shared.contacts.importing.csv_lines import END_MARK, LineFeed
from shared.errors import UnsupportedFormat

DELIMITERS = ",;\t|"
SAMPLE_CHARS = 64 * 1024
SAMPLE_ROWS = 60
HEADER_ROWS = 30  # a header stands within the first thirty rows that are not empty
MAX_HEADER_CELL = 100
MAX_COLUMNS = 1000  # Outlook writes 92; more is no table of contacts
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_ESCAPED_QUOTE = re.compile(r'[^",;\t|\\\s]\\"(?![,;\t|\r\n"])')


@dataclass(slots=True)
class Row:
    """A row of the sample.

    Attributes:
        line: the physical line it begins on, from 1.
        next_line: the one after its last.
    """

    line: int
    next_line: int
    cells: list[str]


@dataclass(slots=True)
class Dialect:
    """How to read the file.

    Attributes:
        header: the header's cells; None where the first row is data already.
        body_line: the line that the first row of data may stand on.
        rows: the first rows of data, for what only values can tell.
        preamble: what stood before the header.
    """

    delimiter: str
    escape: str | None
    header: list[str] | None
    body_line: int
    rows: list[list[str]] = field(default_factory=list)
    preamble: str = ""


@dataclass(slots=True)
class _Candidate:
    delimiter: str
    rows: list[Row]
    header: int | None  # index into rows
    score: tuple[int, int]


def find_dialect(feed: LineFeed, mapping: Mapping[str, str]) -> Dialect | None:
    """Finds delimiter, escapes and header.

    Args:
        feed: the file's lines, none of them used up by this.
        mapping: columns that the caller names; the header is then the row that has them.

    Raises:
        UnsupportedFormat: its first line is longer than any header.

    Returns:
        None where the file holds nothing but white space.
    """
    first_line, lines = _sample(feed)
    if not lines:
        return None
    declared = _SEPARATOR_LINE.fullmatch(lines[0])
    if declared:
        first_line, lines = first_line + 1, lines[1:]
    text = "".join(lines)
    escape = "\\" if '""' not in text and _ESCAPED_QUOTE.search(text) else None
    delimiters = declared[1] if declared else DELIMITERS
    wanted = {squash(name) or name for name in mapping}
    candidates = [_candidate(delimiter, escape, first_line, lines, wanted) for delimiter in delimiters]
    best = max(candidates, key=lambda candidate: candidate.score)
    if best.score[0] == 0:
        best = max(candidates, key=_evenness)
        best.header = _unknown_header(best.rows)
    return _dialect(best, escape, first_line)


def _sample(feed: LineFeed) -> tuple[int, list[str]]:
    """The first lines from the first that is not blank on, and its number."""
    lines: list[str] = []
    size = number = 0
    first_line = 1
    for line in chain.from_iterable(feed.lines_from(1)):
        number += 1
        if not lines:
            if not line.strip(' \t\r\n,;|\0"'):
                feed.keep_from = number
                continue
            first_line = number
        if len(line) > SAMPLE_CHARS and lines:
            break
        lines.append(line)
        size += len(line)
        if size > SAMPLE_CHARS:
            break
    if lines and lines[-1] == END_MARK:
        lines.pop()
    if feed.oversized and not lines:
        raise UnsupportedFormat("The file is no list of contacts: its first line has several million characters")
    return first_line, lines


def _candidate(delimiter: str, escape: str | None, first_line: int, lines: list[str], wanted: set[str]) -> _Candidate:
    rows = _rows(delimiter, escape, first_line, lines)
    best, best_score = None, (0, 0)
    data_seen = False
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = [cell.strip() for cell in row.cells[: MAX_COLUMNS + 1] if cell and not cell.isspace()]
        if len(filled) > MAX_COLUMNS or any(len(cell) > MAX_HEADER_CELL for cell in filled):
            continue
        if any(is_value(cell) for cell in filled):
            data_seen = True
            continue
        known = len({field_of(cell) and squash(cell) for cell in filled} - {None})
        if wanted:
            known += 1000 * len(wanted & {squash(cell) or cell for cell in filled})
        # After rows of data only a row that is a header beyond doubt counts: "Company" may be somebody's company.
        if (known, len(filled)) > best_score and known >= (3 if data_seen else 1):
            best, best_score = index, (known, len(filled))
    return _Candidate(delimiter, rows, best, best_score)


def _rows(delimiter: str, escape: str | None, first_line: int, lines: list[str]) -> list[Row]:
    reader = csv.reader(lines, delimiter=delimiter, escapechar=escape)
    rows: list[Row] = []
    line = first_line
    while len(rows) < SAMPLE_ROWS:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            cells = []
        following = first_line + reader.line_num
        if any(cell and not cell.isspace() for cell in cells):
            rows.append(Row(line, following, cells))
        line = following
    return rows


def is_value(cell: str) -> bool:
    """Whether a cell is somebody's data rather than the name of a column."""
    if "@" in cell and addresses.is_email(addresses.visible(cell)):
        return True
    digits = sum(map(str.isdigit, cell))
    if digits > 3 and (values.looks_like_phone(cell) or parse_birthday(cell) is not None):  # noqa: PLR2004  # a year has four
        return True
    return addresses.linkedin_profile(cell) is not None


def _evenness(candidate: _Candidate) -> tuple[float, int]:
    """How much a delimiter looks like one: the share of rows of the commonest width over 1, then that width."""
    widths = Counter(len(row.cells) for row in candidate.rows)
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    return (count / len(candidate.rows) if width > 1 else 0.0, width)


def _unknown_header(rows: Sequence[Row]) -> int | None:
    """The row that is a header in words we do not know: no values in it, but values of one kind below."""
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = [cell for cell in row.cells if cell.strip()]
        if any(is_value(cell.strip()) for cell in filled):
            return None
        below = rows[index + 1 :]
        if (
            len(filled) == len(set(filled))
            and below
            and len(row.cells) == len(below[0].cells)
            and (len(filled) > 1 or len(row.cells) == 1)
        ):
            columns = range(len(row.cells))
            if any(
                sum(is_value(other.cells[column].strip()) for other in below if column < len(other.cells)) * 2
                > len(below)
                for column in columns
            ):
                return index
    return None


def _dialect(best: _Candidate, escape: str | None, first_line: int) -> Dialect:
    rows = best.rows
    if best.header is None:
        return Dialect(best.delimiter, escape, None, first_line, [row.cells for row in rows])
    header = rows[best.header]
    preamble = "\n".join(" ".join(row.cells) for row in rows[: best.header])
    below = [row.cells for row in rows[best.header + 1 :]]
    return Dialect(best.delimiter, escape, header.cells, header.next_line, below, preamble)
