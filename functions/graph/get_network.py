"""GET /api/crm/graph/network/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import repository
from shared.graph.parameters import NetworkQuery


@endpoint(answers={200: "Network"})
def get_network(call: Call) -> Reply:
    """GET /api/crm/graph/network/{id}

    The network around a contact, for drawing: the strongest contacts within `depth` hops, and every tie among them.
    """
    contact_id = call.uuid("id")
    query = call.query(NetworkQuery)
    with call.read() as tx:
        return Reply(
            200,
            repository.find_network(
                tx, contact_id, depth=query.depth, limit=query.limit, min_strength=query.min_strength
            ),
        )
