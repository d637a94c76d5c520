"""GET /api/crm/circles/{id}"""

from __future__ import annotations

from shared.circles import repository
from shared.edge.web import Call, Reply, endpoint, etag_of


@endpoint(answers={200: "Circle"})
def get_circle(call: Call) -> Reply:
    """GET /api/crm/circles/{id}

    A circle with the number of its members; `GET /api/crm/contacts?circle=` lists them.
    """
    circle_id = call.uuid("id")
    with call.read() as tx:
        document = repository.get_circle(tx, circle_id)
    return Reply(200, document, etag=etag_of(document))
