"""PUT /api/crm/teams/hidden/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service


@endpoint(answers={204: None})
def hide_contact(call: Call) -> Reply:
    """PUT /api/crm/teams/hidden/{id}

    Hide a contact from colleagues: no path of theirs leads through or to them, from the next question on.
    """
    contact_id = call.uuid("id")
    with call.transaction() as tx:
        service.hide_contact(tx, contact_id, call.now)
    return Reply(204)
