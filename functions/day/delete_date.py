"""DELETE /api/crm/contacts/{id}/dates/{date_id}"""

from __future__ import annotations

from shared.day import repository
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={204: None})
def delete_date(call: Call) -> Reply:
    """DELETE /api/crm/contacts/{id}/dates/{date_id}

    Delete a date of a contact.
    """
    contact_id, date_id = call.uuid("id"), call.uuid("date_id")
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        repository.delete_date(tx, contact_id, date_id)
    return Reply(204)
