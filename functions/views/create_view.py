"""POST /api/crm/views"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.views import service
from shared.views.models import ViewCreate


@endpoint(answers={201: "View"})
def create_view(call: Call) -> Reply:
    """POST /api/crm/views

    Save a view of the list of contacts: its filters, its order and its columns.
    """
    body = call.body(ViewCreate)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        view_id = service.create_view(tx, body)
        view = service.get_view(tx, view_id)
    return Reply(201, view, headers={"Location": f"/api/crm/views/{view_id}"})
