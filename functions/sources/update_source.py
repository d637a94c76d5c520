"""PATCH /api/crm/sources/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.sources import service
from shared.sources.models import SourcePatch


@endpoint(answers={200: "Source"})
def update_source(call: Call) -> Reply:
    """PATCH /api/crm/sources/{id}

    Change the name of a source, or, before anything is counted, the user's own addresses in it.
    """
    source_id = call.uuid("id")
    body = call.body(SourcePatch, media_types=("application/merge-patch+json", "application/json"))
    with call.transaction() as tx:
        return Reply(200, service.update_source(tx, source_id, body))
