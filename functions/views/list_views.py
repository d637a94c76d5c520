"""GET /api/crm/views"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.views import repository, service


@endpoint(answers={200: "ViewList"})
def list_views(call: Call) -> Reply:
    """GET /api/crm/views

    List the saved views in their order.
    """
    with call.read() as tx:
        return Reply(200, {"items": [service.described(saved) for saved in repository.list_views(tx)]})
