"""Recognise rows of a table that are nobody: its header again, sums, and what a report says about itself below its rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.contacts.addresses import visible
from shared.formats.csv_reader import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.formats.csv_reader import Row

_MOST_FILLED = 3  # cells of a footer
_FOOTER = re.compile(
    r"(?:grand |sub)?totals?\b|summary:?$|sum\b|summe\b|gesamt|insgesamt|anzahl\b|suma\b|somme\b|totale\b|totaal\b|итого|всего|合計|合计|总计|總計|"
    r"(?:\d+ )?(?:records?|rows?|contacts?|results?|entries) (?:exported|found|total|selected|in total)|(?:number|count) of \w+|\d+ (?:records?|rows?|entries|results)\b|"
    r"(?:report |data |file )?(?:exported|generated|created|printed|downloaded|prepared|last updated|as of)\b.*\d|exported (?:by|from|with|via)\b|generated (?:by|from|with|via)\b|"
    r"(?:exportiert|erstellt|gedruckt|stand)\b.*\d|(?:exporté|généré|créé)\b.*\d|(?:exportado|generado|gerado|esportato|generato)\b.*\d|"
    r"page \d+ (?:of|/)|seite \d+ (?:von|/)|end of (?:report|file|list|export)|\*{2,}|confidential information|copyright\b|©|\(c\) ",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-=_*:\s|+]+")


def header_key(cells: Sequence[str]) -> tuple[str, ...]:
    """A header as it can be compared with a row: without case, blanks and invisible marks, and without empty cells at its end."""
    key = [visible(cell).strip('"').casefold() for cell in cells]
    while key and not key[-1]:
        key.pop()
    return tuple(key)


def without_titles(rows: Iterator[Row | Flaw], header: tuple[str, ...]) -> Iterator[Row | Flaw]:
    """The rows without the titles of groups: a row with nothing but its first cell above the header that repeats (monday.com)."""
    title: Row | None = None
    for row in rows:
        if isinstance(row, Flaw):
            pass
        elif row[2] == len(row[1][0]) and row[2]:
            if title is not None:
                yield title
            title = row
            continue
        elif title is not None and header_key(row[1]) == header:
            title = None
        if title is not None and (isinstance(row, Flaw) or row[2]):
            yield title
            title = None
        yield row
    if title is not None:
        yield title


def is_stray(filled: Sequence[str]) -> bool:
    """Whether a row of which these cells are filled is a sum, a remark of the report, or a line drawn between rows."""
    if not filled or all(map(_RULE.fullmatch, filled)):
        return True
    if len(filled) > _MOST_FILLED or _FOOTER.match(filled[0]) is None:
        return False
    return not any(character.isalpha() for cell in filled[1:] for character in cell)
