"""DELETE /api/crm/imports/{id}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.imports import service


@endpoint(answers={204: None})
def cancel_import(call: Call) -> Reply:
    """DELETE /api/crm/imports/{id}

    Cancel an import; what was merged before stays. One that has ended stays as it is.
    """
    with call.transaction() as tx:
        upload = service.cancel(tx, call.uuid("id"))
    deps().uploads.delete(upload)
    return Reply(204)
