"""DELETE /api/crm/contacts/{id}/interactions/{interaction_id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.interactions import service


@endpoint(answers={204: None})
def delete_interaction(call: Call) -> Reply:
    """DELETE /api/crm/contacts/{id}/interactions/{interaction_id}

    Remove an interaction with a contact. Counts and the strength of the tie follow; undo brings it back.
    """
    contact_id, interaction_id = call.uuid("id"), call.uuid("interaction_id")
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        service.delete_interaction(tx, contact_id, interaction_id)
    return Reply(204)
