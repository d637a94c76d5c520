"""GET /api/crm/contacts/trash"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.history import service
from shared.parameters import Page


@endpoint(answers={200: "Trash"})
def list_trash(call: Call) -> Reply:
    """GET /api/crm/contacts/trash

    List the deleted contacts, which can come back with their ties, interactions and notes until they are older than the journal.
    """
    page = call.query(Page)
    with call.read() as tx:
        return Reply(200, service.list_trash(tx, page, deps().settings.journal_days))
