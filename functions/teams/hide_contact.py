"""PUT /api/crm/teams/hidden/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service


@endpoint(answers={204: None})
def hide_contact(call: Call) -> Reply:
    """PUT /api/crm/teams/hidden/{id}

    Hide a contact from colleagues: from the next search on, no path of a colleague leads to or through the contact.
    """
    contact_id = call.uuid("id")
    with call.transaction() as tx:
        service.hide_contact(tx, contact_id, call.now)
    return Reply(204)
