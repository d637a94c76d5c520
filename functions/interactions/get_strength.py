"""GET /api/crm/contacts/{id}/strength"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.interactions import repository


@endpoint(answers={200: "TieExplained"})
def get_strength(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/strength

    The strength of the caller's tie to a contact, set by hand or computed from interactions, with the parts of the sum.
    """
    contact_id = call.uuid("id")
    with call.read() as tx:
        return Reply(200, repository.get_strength(tx, contact_id))
