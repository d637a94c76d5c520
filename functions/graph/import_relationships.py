"""POST /api/crm/graph/relationships/import"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import importing
from shared.imports.parameters import GraphImportQuery

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 270


@endpoint(answers={200: "imports.GraphImport"}, keyed=False)
def import_relationships(call: Call) -> Reply:
    """POST /api/crm/graph/relationships/import

    Import a table of ties (CSV, .xlsx, or either in a ZIP archive): `from_email,to_email,strength[,mutual]` or `from_id,to_id,strength[,mutual]`.

    A row that cannot be used is reported with its line, field and value, and the other rows are imported. Importing the
    same file again changes nothing.
    """
    options = call.query(GraphImportQuery)
    call.cache.note_write(call.user_id)
    with call.upload(max_bytes=importing.MAX_FILE_BYTES) as file, call.transaction(timeout_s=TIMEOUT_S) as tx:
        result = importing.import_relationships(tx, file.stream, content_type=file.content_type, options=options)
    return Reply(200, result)
