"""GET /api/crm/graph/relationships/{from}/{to}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import repository


@endpoint(answers={200: "interactions.TieExplained"})
def get_relationship(call: Call) -> Reply:
    """GET /api/crm/graph/relationships/{from}/{to}

    A tie between two contacts: its strength, and the evidence that it follows from.
    """
    from_id, to_id = call.uuid("from"), call.uuid("to")
    with call.read() as tx:
        return Reply(200, repository.get_relationship(tx, from_id, to_id))
