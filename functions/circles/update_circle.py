"""PATCH /api/crm/circles/{id}"""

from __future__ import annotations

from shared.circles import service
from shared.circles.models import CirclePatch
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "Circle"})
def update_circle(call: Call) -> Reply:
    """PATCH /api/crm/circles/{id}

    Change a circle by a JSON merge patch. One that gets a filter forgets the members that were named.
    """
    circle_id = call.uuid("id")
    body = call.body(CirclePatch, media_types=("application/merge-patch+json", "application/json"))
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        return Reply(200, service.update_circle(tx, circle_id, body))
