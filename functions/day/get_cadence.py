"""GET /api/crm/contacts/{id}/cadence"""

from __future__ import annotations

from shared.day import repository
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "Cadence"})
def get_cadence(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/cadence

    How often a contact is to be talked to, when next, and what the past suggests.
    """
    contact_id = call.uuid("id")
    with call.read() as tx:
        return Reply(200, repository.get_cadence(tx, contact_id, call.now))
