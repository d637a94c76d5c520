"""DELETE /api/crm/contacts/{id}"""

from __future__ import annotations

from shared.contacts import editing
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={204: None})
def delete_contact(call: Call) -> Reply:
    """DELETE /api/crm/contacts/{id}

    Remove a contact and its ties.
    """
    contact_id = call.uuid("id")
    with call.changing_contact(contact_id), call.transaction() as tx:
        editing.delete_contact(tx, contact_id, call.check_if_match)
    return Reply(204)
