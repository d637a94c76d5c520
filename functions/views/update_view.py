"""PATCH /api/crm/views/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.views import service
from shared.views.models import ViewPatch


@endpoint(answers={200: "View"})
def update_view(call: Call) -> Reply:
    """PATCH /api/crm/views/{id}

    Change a saved view by a JSON merge patch.
    """
    view_id = call.uuid("id")
    body = call.body(ViewPatch, media_types=("application/merge-patch+json", "application/json"))
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        return Reply(200, service.update_view(tx, view_id, body))
