"""GET /api/crm/contacts/{id}/interactions"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.interactions import service
from shared.parameters import Page


@endpoint(answers={200: "InteractionList"})
def list_interactions(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/interactions

    List the interactions with a contact page by page, newest first.
    """
    contact_id = call.uuid("id")
    query = call.query(Page)
    with call.read() as tx:
        return Reply(200, service.list_interactions(tx, contact_id, query))
