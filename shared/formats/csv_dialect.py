"""How a delimited file is written and where its header stands, found from its first rows and never by a line number."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from shared.errors import UnsupportedFormat
from shared.formats.csv_lines import END_MARK, LineFeed

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Sequence

DELIMITERS = ",;\t|"
SAMPLE_CHARS = 64 * 1024
SAMPLE_ROWS = 60
HEADER_ROWS = 30  # a header stands within the first thirty rows that are not empty
MAX_COLUMNS = 1000  # Outlook writes 92; wider tables are not read
DATA = -1  # of `Vocabulary.judge`
_MAX_QUOTING = 4096  # characters of a line that show how cells are quoted
_CERTAIN = 3  # known columns that make a header of a row below data: "Company" alone may be somebody's company
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_ESCAPED_QUOTE = re.compile(r'[^",;\t|\\\s]\\"(?![,;\t|\r\n"])')


class Vocabulary(Protocol):
    """The names of an area's columns, by which the header of a table is distinguished from the rows above and below it."""

    def judge(self, cells: Sequence[str]) -> int:
        """How many of the cells of a row name a column; 0 where the row is not a header, `DATA` where it holds values."""

    def find_unknown_header(self, rows: Sequence[Sequence[str]]) -> int | None:
        """The row that is a header although no cell of it is known; None where no row is."""


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
        rows: the first rows of data, for what only values show.
        preamble: what stood before the header.
        skips_blanks: blanks after a delimiter do not belong to the cell.
    """

    delimiter: str
    escape: str | None
    header: list[str] | None
    body_line: int
    rows: list[list[str]] = field(default_factory=list)
    preamble: str = ""
    skips_blanks: bool = False


@dataclass(slots=True)
class _Candidate:
    delimiter: str
    rows: list[Row]
    header: int | None  # index into rows
    score: tuple[int, int]


def find_dialect(feed: LineFeed, vocabulary: Vocabulary, *, skips_blanks: bool = False) -> Dialect | None:
    """Find delimiter, escapes and header.

    Args:
        feed: the file's lines, none of them used up by this.
        vocabulary: how the columns may be called.
        skips_blanks: blanks after a delimiter do not belong to the cell, even where no quoted cell stands behind any.

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
    candidates = []
    for delimiter in declared[1] if declared else DELIMITERS:
        skips = skips_blanks or _quotes_after_blanks(delimiter, lines)
        reader = csv.reader(lines, delimiter=delimiter, escapechar=escape, skipinitialspace=skips)
        candidates.append(_candidate(delimiter, _rows(reader, first_line), vocabulary))
    best = max(candidates, key=lambda candidate: candidate.score)
    if best.score[0] == 0:
        best = max(candidates, key=_evenness)
        best.header = vocabulary.find_unknown_header([row.cells for row in best.rows])
    skips_blanks = skips_blanks or _quotes_after_blanks(best.delimiter, lines)
    return _dialect(best, escape, first_line, skips_blanks=skips_blanks)


def _quotes_after_blanks(delimiter: str, lines: Sequence[str]) -> bool:
    """Whether blanks stand between a delimiter and a quoted cell: `a, "b, c"` are two cells."""
    mark = re.escape(delimiter)
    quoted = re.compile(rf'{mark} +"(?:[^"]|"")*+" *+(?:{mark}|$)')
    return any(quoted.search(line[:_MAX_QUOTING]) for line in lines)


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
        raise UnsupportedFormat(
            f"The file is not a list of {feed.subject}: its first line has several million characters"
        )
    return first_line, lines


def _candidate(delimiter: str, rows: list[Row], vocabulary: Vocabulary) -> _Candidate:
    best, best_score = None, (0, 0)
    data_seen = False
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = [cell.strip() for cell in row.cells[: MAX_COLUMNS + 1] if cell and not cell.isspace()]
        known = vocabulary.judge(filled)
        if known == DATA:
            data_seen = True
        elif (known, len(filled)) > best_score and known >= (_CERTAIN if data_seen else 1):
            best, best_score = index, (known, len(filled))
    return _Candidate(delimiter, rows, best, best_score)


def _rows(reader: Reader, first_line: int) -> list[Row]:
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


def _evenness(candidate: _Candidate) -> tuple[float, int]:
    """How much a delimiter looks like one: the share of rows of the commonest width over 1, then that width."""
    widths = Counter(len(row.cells) for row in candidate.rows)
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    return (count / len(candidate.rows) if width > 1 else 0.0, width)


def _dialect(best: _Candidate, escape: str | None, first_line: int, *, skips_blanks: bool) -> Dialect:
    rows = best.rows
    if best.header is None:
        return Dialect(best.delimiter, escape, None, first_line, [row.cells for row in rows], skips_blanks=skips_blanks)
    header = rows[best.header]
    preamble = "\n".join(" ".join(row.cells) for row in rows[: best.header])
    below = [row.cells for row in rows[best.header + 1 :]]
    return Dialect(best.delimiter, escape, header.cells, header.next_line, below, preamble, skips_blanks)
