"""GET /api/crm/circles"""

from __future__ import annotations

from shared.circles import repository
from shared.circles.parameters import CircleListQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "CircleList"})
def list_circles(call: Call) -> Reply:
    """GET /api/crm/circles

    List the circles by name: all, or those that a contact belongs to.
    """
    query = call.query(CircleListQuery)
    with call.read() as tx:
        return Reply(200, f'{{"items":{repository.list_circles(tx, query.contact_id)}}}')
