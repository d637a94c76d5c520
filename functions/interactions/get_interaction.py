"""GET /api/crm/contacts/{id}/interactions/{interaction_id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.interactions import service


@endpoint(answers={200: "Interaction"})
def get_interaction(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/interactions/{interaction_id}

    An interaction with a contact.
    """
    contact_id, interaction_id = call.uuid("id"), call.uuid("interaction_id")
    with call.read() as tx:
        document = service.get_interaction(tx, contact_id, interaction_id)
    return Reply(200, document, etag=etag_of(document))
