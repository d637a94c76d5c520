"""POST /api/crm/graph/relationships/import"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import importing
from shared.graph.parameters import GraphImportQuery

MAX_BYTES = 128 * 1024 * 1024
# A little less than the function may take, so that the database gives up first and says so.
TIMEOUT_S = 270


@endpoint(answers={200: "GraphImport"})
def import_relationships(call: Call) -> Reply:
    """POST /api/crm/graph/relationships/import

    Import a CSV file of relationships: `from_email,to_email,strength[,mutual]` or `from_id,to_id,strength[,mutual]`.

    A row that cannot be used is reported with its line, field and value and never stops the rest. Importing the same
    file again changes nothing.
    """
    options = call.query(GraphImportQuery)
    call.cache.note_write(call.user_id)
    with call.upload(max_bytes=MAX_BYTES) as file, call.transaction(timeout_s=TIMEOUT_S) as tx:
        result = importing.import_relationships(tx, file.stream, options)
    return Reply(200, result)
