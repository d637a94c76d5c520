"""DELETE /api/crm/contacts/trash/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.history import service


@endpoint(answers={204: None})
def forget_contact(call: Call) -> Reply:
    """DELETE /api/crm/contacts/trash/{id}

    Delete a contact of the trash for good: nothing of it is left, in the journal either, and no undo brings it back.
    """
    with call.transaction() as tx:
        service.forget_contact(tx, call.uuid("id"))
    return Reply(204)
