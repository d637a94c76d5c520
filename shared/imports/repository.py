"""The rows and errors of imports in the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.imports.files import Batch
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from shared.imports.files import FileFault, FileRow
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

REFUSED_PER_PAGE = 1_000
# Between fields of COPY data; the data of a row holds \x1e.
_DELIMITER = "\x1d"
_NUL = "\N{SYMBOL FOR NULL}"


class Refused(NamedTuple):
    """A row that was refused: its number among the refused ones, its line, why, and its cells where it has any."""

    no: int
    line: int
    field: str | None
    message: str
    value: str | None
    cells: list[str] | None


def stage(tx: Session, import_id: UUID, rows: Iterable[tuple[int, FileRow]]) -> None:
    """Keep rows, each with its number, until they are merged."""
    tx.run(QUERIES.begin_staging)
    tx.copy_in(QUERIES.copy_staged, _copied(rows))
    tx.run(QUERIES.keep_staged, import_id=import_id)


def _copied(rows: Iterable[tuple[int, FileRow]]) -> Iterator[bytes]:
    yield "".join(
        _DELIMITER.join(
            (
                str(number),
                str(row.line),
                _escaped(row.keys),
                _escaped(row.name),
                "t" if row.is_keyed else "f",
                _escaped(row.data),
                "" if row.cells is None else _escaped(json.dumps(row.cells, ensure_ascii=False)),
            )
        )
        + "\n"
        for number, row in rows
    ).encode(errors="replace")


def _escaped(text: str) -> str:
    if "\\" in text or "\n" in text or "\r" in text or _DELIMITER in text or "\0" in text:
        text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        text = text.replace(_DELIMITER, "\\" + _DELIMITER).replace("\0", _NUL)
    return text


def connect(tx: Session, import_id: UUID, *, with_contacts: bool, tried_upto: int) -> None:
    """Find the rows that may be one person, and put them together.

    Args:
        tx: a transaction.
        import_id: the import.
        with_contacts: whether a contact may connect rows.
        tried_upto: the number of the last row that is merged on trial to be counted, whatever it is known by.
    """
    tx.run(QUERIES.connect_rows, import_id=import_id, with_contacts=with_contacts, tried_upto=tried_upto)


def count_rows(tx: Session, import_id: UUID) -> tuple[int, int]:
    """Count the rows that are not merged, and those of them that something connects with others."""
    row = tx.one(QUERIES.count_rows, user_id=tx.user_id, import_id=import_id)
    assert row is not None
    return int(row[0]), int(row[1])


def next_batch(
    tx: Session, import_id: UUID, *, after: int, most: int, only_linked: bool, tried: bool | None = None
) -> Batch | None:
    """Return the next rows behind a place, at most so many but for the last person; None behind the last one.

    Args:
        tx: a transaction.
        import_id: the import.
        after: the place.
        most: how many rows.
        only_linked: only rows that something connects with others or with a contact.
        tried: of these, those that are merged on trial to be counted, or the others; None for both.
    """
    row = tx.one(
        QUERIES.next_rows,
        user_id=tx.user_id,
        import_id=import_id,
        after=after,
        most=most,
        only_linked=only_linked,
        tried=tried,
    )
    assert row is not None
    data, row_nos, lines, cells, last = row
    if data is None:
        return None
    return Batch(
        data.encode(),
        [int(number) for number in row_nos.split()],
        [int(line) for line in lines.split()],
        json.loads(cells),
        last,
    )


def remove_merged(tx: Session, import_id: UUID, upto: int) -> None:
    """Remove the rows up to a place."""
    tx.run(QUERIES.remove_rows, user_id=tx.user_id, import_id=import_id, upto=upto)


def forget_all(tx: Session, import_id: UUID) -> None:
    """Remove all rows and errors of an import, which is read again."""
    remove_merged(tx, import_id, 2**31 - 1)
    tx.run(QUERIES.remove_errors, user_id=tx.user_id, import_id=import_id)


def remove_left(tx: Session, most: int) -> int:
    """Remove rows of imports of any user that have ended without merging them; return how many."""
    return int(tx.value(QUERIES.remove_left_rows, most=most))


def add_faults(tx: Session, import_id: UUID, faults: Iterable[FileFault], *, are_notices: bool = False) -> None:
    """Keep what could not be used, or notices of what was kept."""
    errors = [
        {
            "line": fault.line,
            "is_refused": fault.is_refused,
            "field": fault.field,
            "message": fault.message,
            "value": fault.value,
            "cells": fault.cells if fault.is_refused else None,
        }
        for fault in faults
    ]
    if errors:
        text = json.dumps(errors, ensure_ascii=False).encode(errors="replace").decode().replace("\\u0000", _NUL)
        tx.run(QUERIES.add_errors, user_id=tx.user_id, import_id=import_id, errors=text, are_notices=are_notices)


def list_errors(tx: Session, import_id: UUID, most: int, *, are_notices: bool = False) -> list[dict[str, Any]]:
    """Return the first errors, or notices, of an import by their lines."""
    found: list[dict[str, Any]] = json.loads(
        tx.value(QUERIES.list_errors, user_id=tx.user_id, import_id=import_id, most=most, are_notices=are_notices)
    )
    return found


def list_refused(tx: Session, import_id: UUID, after: int) -> list[Refused]:
    """Return the refused rows behind a number."""
    rows = tx.many(QUERIES.list_refused, user_id=tx.user_id, import_id=import_id, after=after, most=REFUSED_PER_PAGE)
    return [
        Refused(no, line, field, message, value, None if cells is None else json.loads(cells))
        for no, line, field, message, value, cells in rows
    ]
