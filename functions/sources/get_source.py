"""GET /api/crm/sources/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository


@endpoint(answers={200: "Source"})
def get_source(call: Call) -> Reply:
    """GET /api/crm/sources/{id}

    One source with what was read, counted and left out, and why.
    """
    source_id = call.uuid("id")
    with call.read() as tx:
        return Reply(200, repository.get_source(tx, source_id))
