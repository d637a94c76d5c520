"""GET /api/crm/operations/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.history import repository


@endpoint(answers={200: "Operation"})
def get_operation(call: Call) -> Reply:
    """GET /api/crm/operations/{id}

    One operation. The header `Operation-Id` of a call that changes something names it.
    """
    with call.read() as tx:
        return Reply(200, repository.get_operation(tx, call.uuid("id")))
