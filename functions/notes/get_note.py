"""GET /api/crm/contacts/{id}/notes/{note_id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.notes import repository


@endpoint(answers={200: "Note"})
def get_note(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/notes/{note_id}

    A note of a contact.
    """
    contact_id, note_id = call.uuid("id"), call.uuid("note_id")
    with call.read() as tx:
        document = repository.get_note(tx, contact_id, note_id)
    return Reply(200, document, etag=etag_of(document))
