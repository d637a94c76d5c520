"""The outcome of an import, as the API answers it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from shared.imports.outcome import MAX_ERRORS

if TYPE_CHECKING:
    from shared.imports.outcome import Merged
    from shared.imports.parameters import GraphImportQuery
    from shared.imports.rows import TableFile
    from shared.plumbing.postgres.database import Session


def report(tx: Session, file: TableFile, merged: Merged, options: GraphImportQuery) -> dict[str, Any]:
    """The answer of an import; a dry run is rolled back here.

    Args:
        tx: the transaction of the import.
        file: the file, with the rows that could not be read.
        merged: the outcome of the rows that could be read.
        options: the parameters of the request.
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
