"""GET /api/crm/notes"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.notes import service
from shared.notes.parameters import NoteSearchQuery


@endpoint(answers={200: "FoundNotes"})
def search_notes(call: Call) -> Reply:
    """GET /api/crm/notes

    List the notes of all contacts, the newest first; with `q` those that have its words.
    """
    query = call.query(NoteSearchQuery)
    with call.read() as tx:
        return Reply(200, service.search_notes(tx, query))
