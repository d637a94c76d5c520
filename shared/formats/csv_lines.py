"""Physical lines for the csv module, with a way back.

The csv module reads a quote that is never closed as one cell that holds the rest of the file. To go back to the line after
the quote, the lines since the record began must still be there: they are kept in blocks, which costs nothing per line.
"""

from __future__ import annotations

import io
from collections import deque
from typing import TYPE_CHECKING

from shared.formats.source import Source, Unowned

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK_CHARS = 256 * 1024
# A longer line is not a row. The millions of cells of a line of 32 MB would not fit into a function's memory.
MAX_LINE_CHARS = 4 * 1024 * 1024
# A lone surrogate, which no decoded file holds: comes after the last line, so that a quote open at the end is seen.
END_MARK = "\udfff"


class LineFeed:
    """The lines of a file, kept from a given line on.

    Attributes:
        keep_from: the reader's current record began here (line number from 1); earlier blocks may go.
        oversized: the number of the line that made `lines_from` stop, for it is longer than any row may be; 0 for none.
        subject: what the file should list, as messages call it.
    """

    def __init__(self, source: Source, encoding: str, errors: str) -> None:
        raw = io.BufferedReader(Unowned(source.open()), buffer_size=BLOCK_CHARS)
        self._text = io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="")
        self._blocks: deque[tuple[int, list[str]]] = deque()  # number of the first line, lines
        self._next = 1  # number of the first line not read yet
        self.keep_from = 1
        self.oversized = 0
        self.subject = source.subject

    def lines_from(self, number: int) -> Iterator[list[str]]:
        """Blocks of lines from this one on (still kept, or the next to be read), then one with the end mark."""
        self.oversized = 0
        while (block := self._block_with(number)) is not None:
            first, lines = block
            # A block is full with its first line over the size, so only its last line can be that long.
            if len(lines[-1]) > MAX_LINE_CHARS:
                self.oversized = first + len(lines) - 1
                yield lines[number - first : -1]
                break
            yield lines[number - first :] if number > first else lines
            number = first + len(lines)
        yield [END_MARK]

    def line(self, number: int) -> str | None:
        """One line with its end; None past the last one."""
        block = self._block_with(number)
        return None if block is None else block[1][number - block[0]]

    def _block_with(self, number: int) -> tuple[int, list[str]] | None:
        while number >= self._next:
            while self._blocks and self._blocks[0][0] + len(self._blocks[0][1]) <= self.keep_from:
                self._blocks.popleft()
            lines = self._text.readlines(BLOCK_CHARS)
            if not lines:
                return None
            self._blocks.append((self._next, lines))
            self._next += len(lines)
        return next(block for block in reversed(self._blocks) if block[0] <= number)
