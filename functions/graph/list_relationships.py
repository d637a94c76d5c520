"""GET /api/crm/graph/relationships"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import service
from shared.graph.parameters import RelationshipListQuery


@endpoint(answers={200: "RelationshipList"})
def list_relationships(call: Call) -> Reply:
    """GET /api/crm/graph/relationships

    List ties page by page: those of one contact, strongest first, or all. A mutual tie is listed once.
    """
    query = call.query(RelationshipListQuery)
    with call.read() as tx:
        return Reply(200, service.list_relationships(tx, query, call.now))
