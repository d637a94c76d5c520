"""POST /api/crm/sources/{id}/sync"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository


@endpoint(answers={202: "Source"})
def request_sync(call: Call) -> Reply:
    """POST /api/crm/sources/{id}/sync

    Read a connected account as soon as possible; `GET` of the source shows how far it is.
    """
    source_id = call.uuid("id")
    with call.transaction() as tx:
        deps().accounts.sync(tx, source_id)
        document = repository.get_source(tx, source_id)
    return Reply(202, document, headers={"Location": f"/api/crm/sources/{source_id}"})
