"""Imports a CSV file of relationships: read row by row, merged in the database in one transaction."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID, uuid4

from shared.errors import BadRequest, UnsupportedFormat
from shared.graph import repository
from shared.graph.models import MIN_STRENGTH, RelationshipFailure, RelationshipImport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.database import Session
    from shared.graph.models import RelationshipImportQuery

MAX_ERRORS = 1_000  # told of one file; the others are counted only
DEFAULT_STRENGTH = "0.5"

_ROWS_PER_CHUNK = 5_000
_MAX_KEY = 320  # characters of an e-mail address
_YES = {"", "true", "t", "yes", "y", "1"}
_NO = {"false", "f", "no", "n", "0"}
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": None})


@dataclass(slots=True)
class _Rejected:
    count: int = 0
    errors: list[RelationshipFailure] = field(default_factory=list)

    def add(self, line: int, name: str, message: str, value: str) -> None:
        self.count += 1
        if len(self.errors) < MAX_ERRORS:
            self.errors.append(RelationshipFailure(line=line, field=name, message=message, value=value))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the fields stand; None where a file has no such column."""

    from_key: int
    to_key: int
    strength: int | None
    mutual: int | None
    by_id: bool

    def mapping(self, header: list[str]) -> dict[str, str]:
        keys = ("from_id", "to_id") if self.by_id else ("from_email", "to_email")
        places = zip(
            (*keys, "strength", "mutual"), (self.from_key, self.to_key, self.strength, self.mutual), strict=True
        )
        return {header[place]: name for name, place in places if place is not None}


def import_file(tx: Session, stream: BinaryIO, options: RelationshipImportQuery) -> RelationshipImport:
    """Merges the rows of a file with the ties that are there; the same file again changes nothing.

    Args:
        tx: a transaction; rolled back here for a dry run.
        stream: CSV with a header, `from_email,to_email,strength[,mutual]` or `from_id,to_id,...` in any order.
        options: what to do with it.

    Raises:
        BadRequest: it has no such header.
        UnsupportedFormat: it is no text.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    rejected = _Rejected()
    try:
        rows = _rows(text)
        header = next(rows, None)
        if header is None:
            raise BadRequest("the file is empty; send a header and rows: from_email,to_email,strength")
        columns = _columns(header[1])
        merged = repository.import_ties(
            tx, _chunks(rows, columns, rejected), by_id=columns.by_id, max_errors=MAX_ERRORS - len(rejected.errors)
        )
    except UnicodeDecodeError as error:
        raise UnsupportedFormat("the file is no UTF-8 text; save it as CSV in UTF-8") from error
    except csv.Error as error:
        raise BadRequest(f"the file is no CSV: {error}") from error
    finally:
        text.detach()
    if options.dry_run:
        tx.rollback()
    failed = merged.failed + rejected.count
    errors = rejected.errors + [RelationshipFailure(**error) for error in json.loads(merged.errors)]
    return RelationshipImport(
        import_id=uuid4(),
        format="csv",
        mapping=columns.mapping(header[1]),
        received=merged.created + merged.updated + merged.unchanged + failed,
        created=merged.created,
        updated=merged.updated,
        unchanged=merged.unchanged,
        failed=failed,
        errors=sorted(errors, key=lambda error: error.line)[:MAX_ERRORS],
    )


def _rows(text: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line on which it begins."""
    first = text.readline()
    delimiter = max(",;\t", key=first.count)
    line = 1
    reader = csv.reader(_first_then_rest(first, text), delimiter=delimiter, skipinitialspace=True)
    for row in reader:
        if any(row):
            yield line, row
        line = reader.line_num + 1


def _first_then_rest(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest


def _columns(header: list[str]) -> _Columns:
    names = [name.strip().lower() for name in header]
    place = {name: index for index, name in reversed(list(enumerate(names)))}
    for by_id, from_name, to_name in ((False, "from_email", "to_email"), (True, "from_id", "to_id")):
        if from_name in place and to_name in place:
            return _Columns(place[from_name], place[to_name], place.get("strength"), place.get("mutual"), by_id)
    raise BadRequest(
        f"the columns {', '.join(header)[:200]!r} are not known here; "
        "begin with a header: from_email,to_email,strength (and mutual), or from_id,to_id,strength"
    )


def _chunks(rows: Iterator[tuple[int, list[str]]], columns: _Columns, rejected: _Rejected) -> Iterator[bytes]:
    """Rows as COPY text; what cannot be read goes to `rejected`."""
    chunk: list[str] = []
    for line, row in rows:
        copied = _copied(line, row, columns, rejected)
        if copied is not None:
            chunk.append(copied)
            if len(chunk) == _ROWS_PER_CHUNK:
                yield "".join(chunk).encode()
                chunk.clear()
    yield "".join(chunk).encode()


def _copied(line: int, row: list[str], columns: _Columns, rejected: _Rejected) -> str | None:
    from_name, to_name = ("from_id", "to_id") if columns.by_id else ("from_email", "to_email")
    from_key = _key(line, row, columns.from_key, from_name, rejected, by_id=columns.by_id)
    if from_key is None:
        return None
    to_key = _key(line, row, columns.to_key, to_name, rejected, by_id=columns.by_id)
    if to_key is None:
        return None
    given = _cell(row, columns.strength) or DEFAULT_STRENGTH
    try:
        strength = float(given.replace(",", "."))
    except ValueError:
        strength = 0.0
    if not MIN_STRENGTH <= strength <= 1:
        rejected.add(line, "strength", "write a number above 0, up to 1", given[:_MAX_KEY])
        return None
    mutual = _cell(row, columns.mutual).lower()
    if mutual not in _YES and mutual not in _NO:
        rejected.add(line, "mutual", "write true or false", mutual[:_MAX_KEY])
        return None
    return f"{line}\t{from_key}\t{to_key}\t{strength!r}\t{'f' if mutual in _NO else 't'}\n"


def _key(line: int, row: list[str], place: int, name: str, rejected: _Rejected, *, by_id: bool) -> str | None:
    """An e-mail in lower case or an id, ready for COPY."""
    value = _cell(row, place)
    if by_id:
        try:
            return str(UUID(value))
        except ValueError:
            rejected.add(line, name, "write the id of a contact", value[:_MAX_KEY])
            return None
    if not value or len(value) > _MAX_KEY:
        rejected.add(line, name, "write the e-mail address of a contact", value[:_MAX_KEY])
        return None
    return value.lower().translate(_ESCAPED)


def _cell(row: list[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""
