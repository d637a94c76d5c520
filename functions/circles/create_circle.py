"""POST /api/crm/circles"""

from __future__ import annotations

from shared.circles import repository, service
from shared.circles.models import CircleCreate
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={201: "Circle"})
def create_circle(call: Call) -> Reply:
    """POST /api/crm/circles

    Add a circle of contacts: without `filter` its members are named, with it they are found whenever they are asked for.
    """
    body = call.body(CircleCreate)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        circle_id = service.create_circle(tx, body)
        document = repository.get_circle(tx, circle_id)
    return Reply(201, document, headers={"Location": f"/api/crm/circles/{circle_id}"})
