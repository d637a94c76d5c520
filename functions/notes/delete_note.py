"""DELETE /api/crm/contacts/{id}/notes/{note_id}"""

from __future__ import annotations

from shared.contacts import editing
from shared.edge.web import Call, Reply, endpoint
from shared.notes import repository, service


@endpoint(answers={204: None})
def delete_note(call: Call) -> Reply:
    """DELETE /api/crm/contacts/{id}/notes/{note_id}

    Delete a note. Under the contact's own id the field `notes` becomes blank.
    """
    contact_id, note_id = call.uuid("id"), call.uuid("note_id")
    if note_id == contact_id:
        from shared.contacts.models import ContactPatch  # noqa: PLC0415 - pydantic, which other notes do without

        with call.changing_contact(contact_id), call.transaction() as tx:
            repository.get_note(tx, contact_id, note_id)
            editing.update_contact(tx, contact_id, ContactPatch(notes=None), lambda _: None)
    else:
        call.cache.note_write(call.user_id)
        with call.transaction() as tx:
            service.delete_note(tx, contact_id, note_id)
    return Reply(204)
