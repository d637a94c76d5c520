"""The outcome of an import, as the API answers it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

if TYPE_CHECKING:
    from shared.imports.parameters import GraphImportQuery
    from shared.imports.rows import TableFile
    from shared.plumbing.postgres.database import Session

MAX_ERRORS = 1_000  # reported of one file; the others are only counted


class Merged(NamedTuple):
    """Counts of what became of the rows of a file; `errors` is a JSON array."""

    created: int
    updated: int
    unchanged: int
    failed: int
    errors: str


def report(tx: Session, file: TableFile, merged: Merged, options: GraphImportQuery) -> dict[str, Any]:
    """The answer of an import, which is undone here where it was only tried.

    Args:
        tx: the transaction of the import.
        file: what was read, and could not be.
        merged: what became of the rows that could be read.
        options: what was asked for.
    """
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
