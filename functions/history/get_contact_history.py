"""GET /api/crm/contacts/{id}/history"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.history import versions
from shared.parameters import Page


@endpoint(answers={200: "ContactHistory"})
def get_contact_history(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/history

    List the changes of a contact, newest first: by which operation, when, and each field before and after; of a deleted
    contact, too.
    """
    contact_id, page = call.uuid("id"), call.query(Page)
    with call.read() as tx:
        return Reply(200, versions.contact_history(tx, contact_id, page))
