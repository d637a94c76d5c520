"""POST /api/crm/imports"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.imports import service
from shared.imports.models import ImportCreate


@endpoint(answers={202: "Import"})
def create_import(call: Call) -> Reply:
    """POST /api/crm/imports

    Announce a file of contacts, ties or interactions; the answer says where to send its bytes.

    When they are there, `GET /imports/{id}` shows how the file is read, its first rows as they will be, and what becomes of
    all rows. `POST /imports/{id}/start` merges them, by that plan or by a corrected one.
    """
    body = call.body(ImportCreate)
    origin = call.request.headers.get("Origin", "")
    with call.transaction() as tx:
        import_id = service.create(tx, deps().uploads, body, origin=origin, now=call.now)
        document = service.describe(tx, service.get(tx, import_id))
    return Reply(202, document, headers={"Location": f"/api/crm/imports/{import_id}"})
