"""GET /api/crm/access/grants"""

from __future__ import annotations

from shared.access import service
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "GrantList"})
def list_grants(call: Call) -> Reply:
    """GET /api/crm/access/grants

    List the programs that you have let in, the newest first.
    """
    with call.read() as tx:
        return Reply(200, service.list_grants(tx))
