"""Imports CSV files of relationships and of interactions: read row by row, merged in the database in one transaction."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, get_args
from uuid import uuid4

from shared.graph import interactions, repository
from shared.graph.csv_file import MAX_ERRORS, BadRow, CsvFile, Row, open_csv
from shared.graph.parameters import MIN_STRENGTH, Direction, Kind

if TYPE_CHECKING:
    from shared.graph.parameters import GraphImportQuery
    from shared.graph.repository import Merged
    from shared.plumbing.postgres.database import Session

DEFAULT_STRENGTH = "0.5"
DEFAULT_DIRECTION = "both"

_YES = {"", "true", "t", "yes", "y", "1"}
_NO = {"false", "f", "no", "n", "0"}
_KINDS, _DIRECTIONS = get_args(Kind), get_args(Direction)


def import_relationships(tx: Session, stream: BinaryIO, options: GraphImportQuery) -> dict[str, Any]:
    """Merges the rows of a file with the ties that are there; the same file again changes nothing.

    Args:
        tx: a transaction; rolled back here for a dry run.
        stream: CSV with a header, `from_email,to_email,strength[,mutual]` or `from_id,to_id,...` in any order.
        options: what to do with it.

    Raises:
        BadRequest, UnsupportedFormat: nothing can be read of it, so nothing was changed.
    """
    with open_csv(
        stream, by_email=("from_email", "to_email"), by_id=("from_id", "to_id"), others=("strength", "mutual")
    ) as file:
        merged = repository.import_ties(tx, file.chunks(_tie), by_id=file.by_id, max_errors=MAX_ERRORS)
    return _answer(tx, file, merged, options)


def import_interactions(tx: Session, stream: BinaryIO, options: GraphImportQuery, now: datetime) -> dict[str, Any]:
    """Merges the rows of a file with the interactions that are there, and computes the strengths that they concern.

    Args:
        tx: a transaction; rolled back here for a dry run.
        stream: CSV with a header, `email,kind,at[,direction]` or `contact_id,...` in any order.
        options: what to do with it.
        now: what lies behind it is refused.

    Raises:
        BadRequest, UnsupportedFormat: nothing can be read of it, so nothing was changed.
    """
    latest = now + interactions.CLOCK_SKEW

    def copied(row: Row) -> str:
        return _interaction(row, latest)

    with open_csv(stream, by_email=("email",), by_id=("contact_id",), others=("kind", "at", "direction")) as file:
        merged = interactions.import_interactions(tx, file.chunks(copied), by_id=file.by_id, max_errors=MAX_ERRORS)
    return _answer(tx, file, merged, options)


def _answer(tx: Session, file: CsvFile, merged: Merged, options: GraphImportQuery) -> dict[str, Any]:
    if options.dry_run:
        tx.rollback()
    failed = merged.failed + file.failed
    errors = file.errors + json.loads(merged.errors)
    return {
        "import_id": str(uuid4()),
        "format": "csv",
        "mapping": file.mapping,
        "received": merged.created + merged.updated + merged.unchanged + failed,
        "created": merged.created,
        "updated": merged.updated,
        "unchanged": merged.unchanged,
        "failed": failed,
        "errors": sorted(errors, key=lambda error: error["line"])[:MAX_ERRORS],
    }


def _tie(row: Row) -> str:
    """A line for `copy_imported_ties`."""
    from_name, to_name = ("from_id", "to_id") if row.by_id else ("from_email", "to_email")
    from_key, to_key = row.contact(from_name), row.contact(to_name)
    stated = row.cell("strength")
    given = stated or DEFAULT_STRENGTH
    try:
        strength = float(given.replace(",", "."))
    except ValueError:
        strength = 0.0
    if not MIN_STRENGTH <= strength <= 1:
        raise BadRow("strength", "write a number above 0, up to 1", given)
    mutual = row.cell("mutual").lower()
    if mutual not in _YES and mutual not in _NO:
        raise BadRow("mutual", "write true or false", mutual)
    return (
        f"{row.line}\t{from_key}\t{to_key}\t{strength!r}\t{'f' if mutual in _NO else 't'}\t{'t' if stated else 'f'}\n"
    )


def _interaction(row: Row, latest: datetime) -> str:
    """A line for `copy_imported_interactions`."""
    key = row.contact("contact_id" if row.by_id else "email")
    kind = row.cell("kind").lower()
    if kind not in _KINDS:
        raise BadRow("kind", f"write one of {', '.join(_KINDS)}", kind)
    direction = row.cell("direction").lower() or DEFAULT_DIRECTION
    if direction not in _DIRECTIONS:
        raise BadRow("direction", f"write one of {', '.join(_DIRECTIONS)}", direction)
    given = row.cell("at")
    try:
        at = datetime.fromisoformat(given)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadRow("at", "write a time such as 2025-03-31T09:30:00Z", given) from None
    if not interactions.EARLIEST <= at <= latest:
        raise BadRow("at", "write a time in the past, after 1999", given)
    return f"{row.line}\t{key}\t{kind}\t{at.isoformat()}\t{direction}\n"
