"""GET /api/crm/contacts/{id}/notes"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.notes import service
from shared.parameters import Page


@endpoint(answers={200: "NoteList"})
def list_notes(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/notes

    List the notes of a contact page by page: its field `notes` first, then pinned ones, then the newest.
    """
    contact_id = call.uuid("id")
    query = call.query(Page)
    with call.read() as tx:
        return Reply(200, service.list_notes(tx, contact_id, query))
