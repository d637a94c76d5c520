"""GET /api/crm/imports/{id}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.imports import service


@endpoint(answers={200: "Import"})
def get_import(call: Call) -> Reply:
    """GET /api/crm/imports/{id}

    Show an import: where to send the file, how far it is, the plan with its doubts and its first rows, or what came out.
    """
    import_id = call.uuid("id")
    with call.read() as tx:
        job = service.get(tx, import_id)
        document = service.describe(tx, job)
    if not service.has_arrived(deps().uploads, job):
        return Reply(200, document)
    with call.transaction() as tx:
        return Reply(200, service.describe(tx, service.take_in(tx, import_id)))
