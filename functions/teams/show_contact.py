"""DELETE /api/crm/teams/hidden/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service


@endpoint(answers={204: None})
def show_contact(call: Call) -> Reply:
    """DELETE /api/crm/teams/hidden/{id}

    End the hiding of a contact from colleagues.
    """
    contact_id = call.uuid("id")
    with call.transaction() as tx:
        service.show_contact(tx, contact_id)
    return Reply(204)
