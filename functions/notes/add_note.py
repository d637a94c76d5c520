"""POST /api/crm/contacts/{id}/notes"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.notes import repository, service
from shared.notes.models import NoteCreate


@endpoint(answers={201: "Note"})
def add_note(call: Call) -> Reply:
    """POST /api/crm/contacts/{id}/notes

    Add a note in Markdown to a contact; a link to `contact:ID` names another contact.
    """
    contact_id = call.uuid("id")
    body = call.body(NoteCreate)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        note_id = service.add_note(tx, contact_id, body, call.now)
        document = repository.get_note(tx, contact_id, note_id)
    return Reply(201, document, headers={"Location": f"/api/crm/contacts/{contact_id}/notes/{note_id}"})
