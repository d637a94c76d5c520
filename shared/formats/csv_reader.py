"""Delimited files: comma, semicolon, tab or bar, with or without a header, junk before it, broken quotes inside.

The csv module does the splitting. This module adds what it would lose: it reads a quote that is never closed as one cell with
the rest of the file in it, and a quote in the middle of a quoted cell as the cell's end. Rows of more than one line are
therefore checked, and broken ones read again as plain text from the line on which they begin.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Literal

from shared.formats.csv_lines import END_MARK, LineFeed

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Generator, Iterable, Iterator

    from shared.formats.csv_dialect import Dialect
    from shared.formats.encoding import Survey
    from shared.formats.source import Source

MAX_LOOSE_LINE = 20_000  # characters of a line that is worth taking apart by hand
MAX_BROKEN_LINES = 40  # lines that a cell with a broken quote may have before we take them for rows
MAX_CELL = 4 * 1024 * 1024  # characters; notes with years of mail in them are read and reported, not taken for rows
MAX_BROKEN_ROWS = 1000  # after as many, a quote is an ordinary character in this file
csv.field_size_limit(MAX_CELL)
_MIN_TELLING_WIDTH = 3  # with fewer columns any line of prose looks like a row

# The line on which it begins, its cells, and the number of characters in them (or more). A plain tuple: one is made for
# every row of every import.
Row = tuple[int, list[str], int]


@dataclass(slots=True)
class Flaw:
    """Something wrong with the way a row is written.

    Attributes:
        line: where the row begins.
        message: what is wrong.
        text: its first line.
        lost: the row is left out; else it follows, as well as it could be read.
    """

    line: int
    message: str
    text: str
    lost: bool


def read_rows(source: Source, survey: Survey, dialect: Dialect, width: int = 0) -> Iterator[Row | Flaw]:
    """The rows below the header in order, without empty ones; a flaw stands before the row that it is about.

    Args:
        source: the file.
        survey: how its bytes are read.
        dialect: how it is written.
        width: how many columns it has, by which a broken row is distinguished from a cell of several lines; 0 where rows may have
            any number, so that quotes alone decide.
    """
    return _Reading(source, survey, dialect, width).rows()


def read_column(source: Source, survey: Survey, dialect: Dialect, index: int, max_rows: int) -> Iterator[str]:
    """The cells of one column, as far as the first rows are whole."""
    feed = LineFeed(source, survey.encoding, survey.errors)
    reader = _split_lines(_lines(feed, dialect.body_line), dialect)
    try:
        for row in islice(reader, max_rows):
            feed.keep_from = reader.line_num
            if len(row) > index:
                yield row[index]
    except csv.Error:
        return


def _lines(feed: LineFeed, number: int) -> Iterator[str]:
    return chain.from_iterable(feed.lines_from(number))


def _split_lines(
    lines: Iterable[str], dialect: Dialect, *, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL, strict: bool = False
) -> Reader:
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        escapechar=dialect.escape,
        skipinitialspace=dialect.skips_blanks,
        quoting=quoting,
        strict=strict,
    )


class _Reading:
    """One pass over the rows."""

    def __init__(self, source: Source, survey: Survey, dialect: Dialect, width: int) -> None:
        self._source = source
        self._survey = survey
        self._dialect = dialect
        self._width = width
        self._broken = 0
        mark = re.escape(dialect.delimiter)
        self._closing = re.compile(rf'(?:^|[^"])(?:"")*"(?:{mark}|\s*$)')
        self._quoted_cell = re.compile(rf'"((?:[^"]|""|"(?!"|{mark}|$))*)"(?:{mark}|$)')

    def rows(self) -> Iterator[Row | Flaw]:
        """Every row, in order."""
        line = self._dialect.body_line
        feed = self._feed_from(line)
        while True:
            broken = yield from self._whole_rows(feed, line)
            if broken == 0:
                return
            text = (feed.line(broken) or "").rstrip("\r\n")
            line = broken + 1 if len(text) >= MAX_CELL else self._end_of_long_cell(feed, broken)
            if line:
                yield Flaw(broken, f"has more than {MAX_CELL} characters and was left out", text, lost=True)
            else:
                if feed.keep_from > broken:
                    feed = self._feed_from(broken)
                self._broken += 1
                line = yield from self._read_broken(feed, broken, text)

    def _feed_from(self, line: int) -> LineFeed:
        feed = LineFeed(self._source, self._survey.encoding, self._survey.errors)
        feed.keep_from = line
        return feed

    def _whole_rows(self, feed: LineFeed, first_line: int) -> Generator[Row | Flaw, None, int]:
        """Rows from a line on, up to the end (returns 0) or to a broken one (returns its line). The hot loop."""
        check_nul = self._survey.has_nul
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if self._broken < MAX_BROKEN_ROWS else csv.QUOTE_NONE
        reader = _split_lines(_lines(feed, first_line), self._dialect, quoting=quoting)
        following = first_line
        before = first_line - 1
        try:
            for row in reader:
                line, following = following, before + reader.line_num + 1
                if not row:
                    continue
                if following - line > 1 and self._is_broken(feed, line, following, row):
                    return line
                feed.keep_from = following
                if row[0] == END_MARK:
                    return feed.oversized
                text = "".join(row)
                if not text:
                    continue
                if '"' in text and not (check_nul and "\0" in text):
                    row = self._mended(feed, line, following, row)  # noqa: PLW2901
                yield line, row, len(text)
        except csv.Error:
            return following
        return 0

    def _mended(self, feed: LineFeed, line: int, following: int, row: list[str]) -> list[str]:
        """The cells of a row with quotes in them, also where these are not doubled (`"Ana "La Jefa" Diaz"`)."""
        text = feed.line(line) if following - line == 1 and self._dialect.escape is None else None
        if text is None:
            return row
        try:
            next(_split_lines([text], self._dialect, strict=True))
        except csv.Error:
            cells = self._split(text.rstrip("\r\n"))
            return cells if len(cells) == self._width else row
        return row

    def _is_broken(self, feed: LineFeed, line: int, following: int, row: list[str]) -> bool:
        """Whether a row of several lines is one because a quote is wrong."""
        if row[-1].endswith(END_MARK):
            return True
        lines = [feed.line(number) or "" for number in range(line, following)]
        try:
            list(_split_lines(lines, self._dialect, strict=True))
        except csv.Error:
            return True
        # A quote opened in one row and closed by the next one's: the lines inside are rows themselves.
        inner = [text for text in lines[1:] if text.strip()]
        enough = self._width - 1
        looks_like_rows = all(text.count(self._dialect.delimiter) >= enough for text in inner)
        return self._width >= _MIN_TELLING_WIDTH and len(row) != self._width and bool(inner) and looks_like_rows

    def _read_broken(self, feed: LineFeed, line: int, text: str) -> Generator[Row | Flaw, None, int]:
        """Read the row of a broken quote as plain text; return the line to go on with."""
        feed.keep_from = line
        cells = self._split(text)
        following, rest = self._rest_of_cell(feed, line)
        if rest:
            cells[-1] = cells[-1].lstrip('"') + "\n" + "".join(rest).rstrip('\r\n"')
        yield Flaw(line, "has a quote that is opened and never closed; it was read as plain text", text, lost=False)
        if "\0" not in "".join(cells):
            yield line, cells, MAX_CELL
        return following

    def _end_of_long_cell(self, feed: LineFeed, line: int) -> int:
        """The line after a cell that is closed as it should be but longer than any may be; 0 where that is not so.

        Lets go of the lines it has passed once the cell is too long to be anything else.
        """
        size = len(feed.line(line) or "")
        for number in count(line + 1):
            text = feed.line(number)
            if text is None or (size <= MAX_CELL and '"' in text):
                return 0
            size += len(text)
            if size > MAX_CELL:
                feed.keep_from = number
            if '"' in text:
                return number + 1 if self._closing.search(text) else 0
        return 0

    def _rest_of_cell(self, feed: LineFeed, line: int) -> tuple[int, list[str]]:
        """Lines after a broken one that are not rows themselves, as far as the next row that is."""
        rest: list[str] = []
        lines = range(line + 1, line + MAX_BROKEN_LINES) if self._width else ()
        for number in lines:
            text = feed.line(number)
            if text is None or len(self._split(text.rstrip("\r\n"))) == self._width:
                return number, rest
            rest.append(text)
        return line + 1, []

    def _split(self, text: str) -> list[str]:
        """Cells of one line, taking a quote for one only where a delimiter or the end follows the closing one."""
        delimiter = self._dialect.delimiter
        if len(text) > MAX_LOOSE_LINE:
            return text.split(delimiter)
        cells: list[str] = []
        position = 0
        quotes_close = True
        while position <= len(text):
            while self._dialect.skips_blanks and text[position : position + 1] == " ":
                position += 1
            quoted = (
                self._quoted_cell.match(text, position)
                if quotes_close and text[position : position + 1] == '"'
                else None
            )
            if quoted is not None:
                cells.append(quoted[1].replace('""', '"'))
                position = quoted.end()
                if position == len(text) and not text.endswith(delimiter):
                    break
                continue
            # One that does not close has none after it that could.
            quotes_close = quotes_close and text[position : position + 1] != '"'
            end = text.find(delimiter, position)
            end = len(text) if end < 0 else end
            cells.append(text[position:end].strip().lstrip('"'))
            position = end + 1
        return cells
