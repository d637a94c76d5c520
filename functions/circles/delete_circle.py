"""DELETE /api/crm/circles/{id}"""

from __future__ import annotations

from shared.circles import service
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={204: None})
def delete_circle(call: Call) -> Reply:
    """DELETE /api/crm/circles/{id}

    Delete a circle. Its contacts stay.
    """
    circle_id = call.uuid("id")
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        service.delete_circle(tx, circle_id)
    return Reply(204)
