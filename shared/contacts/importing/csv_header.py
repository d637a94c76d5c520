"""Find the header of a delimited file: the row that names columns of contacts, in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.contacts import addresses
from shared.contacts.importing import values
from shared.contacts.importing.birthdays import parse_birthday
from shared.contacts.importing.csv_columns import field_of, squash
from shared.formats.csv_dialect import DATA, HEADER_ROWS, MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_HEADER_CELL = 100
_MOST = 1000  # the weight of a column that the caller names: more than that of all the others


class ContactColumns:
    """The names of a contact's columns (a `Vocabulary`).

    Args:
        mapping: columns that the caller names; with these, the header is the row that has them.
    """

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self._wanted = {squash(name) or name for name in mapping}

    def judge(self, cells: Sequence[str]) -> int:
        """Rate a row: how many of its cells name a column; `DATA` where a cell is the value of a contact."""
        if len(cells) > MAX_COLUMNS or any(len(cell) > MAX_HEADER_CELL for cell in cells):
            return 0
        if any(is_value(cell) for cell in cells):
            return DATA
        known = len({field_of(cell) and squash(cell) for cell in cells} - {None})
        if self._wanted:
            known += _MOST * len(self._wanted & {squash(cell) or cell for cell in cells})
        return known

    def find_unknown_header(self, rows: Sequence[Sequence[str]]) -> int | None:
        """The index of a row that is a header in unknown words: the row has no values, and a column below it has values."""
        for index, row in enumerate(rows[:HEADER_ROWS]):
            filled = [cell for cell in row if cell.strip()]
            if any(is_value(cell.strip()) for cell in filled):
                return None
            below = rows[index + 1 :]
            if (
                len(filled) == len(set(filled))
                and below
                and len(row) == len(below[0])
                and (len(filled) > 1 or len(row) == 1)
            ):
                columns = range(len(row))
                if any(
                    sum(is_value(other[column].strip()) for other in below if column < len(other)) * 2 > len(below)
                    for column in columns
                ):
                    return index
        return None


def is_value(cell: str) -> bool:
    """Whether a cell is the value of a contact rather than the name of a column."""
    if "@" in cell and addresses.is_email(addresses.visible(cell)):
        return True
    digits = sum(map(str.isdigit, cell))
    if digits > 3 and (values.looks_like_phone(cell) or parse_birthday(cell) is not None):  # noqa: PLR2004  # a year has four
        return True
    return addresses.linkedin_profile(cell) is not None
