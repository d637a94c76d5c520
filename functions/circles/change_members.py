"""POST /api/crm/circles/{id}/members"""

from __future__ import annotations

from shared.circles import service
from shared.circles.models import MembersChange
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "MembersChanged"})
def change_members(call: Call) -> Reply:
    """POST /api/crm/circles/{id}/members

    Add contacts to a circle, and remove others; all or none. 409 where a filter finds the members.
    """
    circle_id = call.uuid("id")
    change = call.body(MembersChange)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        return Reply(200, service.change_members(tx, circle_id, change))
