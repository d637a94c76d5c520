"""DELETE /api/crm/views/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.views import service


@endpoint(answers={204: None})
def delete_view(call: Call) -> Reply:
    """DELETE /api/crm/views/{id}

    Delete a saved view. Its contacts stay.
    """
    view_id = call.uuid("id")
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        service.delete_view(tx, view_id)
    return Reply(204)
