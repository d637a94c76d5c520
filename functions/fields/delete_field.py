"""DELETE /api/crm/fields/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.fields import service


@endpoint(answers={204: None})
def delete_field(call: Call) -> Reply:
    """DELETE /api/crm/fields/{id}

    Delete a custom field. Its values stay in the contacts, as loose ones.
    """
    field_id = call.uuid("id")
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        service.delete_field(tx, field_id)
    return Reply(204)
