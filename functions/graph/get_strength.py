"""GET /api/crm/contacts/{id}/strength"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import interactions


@endpoint(answers={200: "graph.ContactStrength"})
def get_strength(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/strength

    The strength of the caller's tie to a contact, set by hand or computed from interactions, with the parts of the sum.
    """
    contact_id = call.uuid("id")
    with call.read() as tx:
        return Reply(200, interactions.get_strength(tx, contact_id))
