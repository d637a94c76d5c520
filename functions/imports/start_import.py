"""POST /api/crm/imports/{id}/start"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.imports import service
from shared.imports.models import ImportStart


@endpoint(answers={202: "Import"})
def start_import(call: Call) -> Reply:
    """POST /api/crm/imports/{id}/start

    Merge the rows of a planned import, by its plan or with corrections; `preview` only reads the file again by them.

    409 where the file has not arrived, or the import was started before.
    """
    import_id = call.uuid("id")
    body = call.body(ImportStart)
    with call.transaction() as tx:
        service.start(tx, import_id, body)
        document = service.describe(tx, service.get(tx, import_id))
    return Reply(202, document, headers={"Location": f"/api/crm/imports/{import_id}"})
