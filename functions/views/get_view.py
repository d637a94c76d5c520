"""GET /api/crm/views/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.views import service


@endpoint(answers={200: "View"})
def get_view(call: Call) -> Reply:
    """GET /api/crm/views/{id}

    A saved view; `GET /api/crm/contacts` with its `query` lists its contacts.
    """
    view_id = call.uuid("id")
    with call.read() as tx:
        return Reply(200, service.get_view(tx, view_id))
