"""GET /api/crm/graph/insights/connectors"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import repository
from shared.graph.parameters import ConnectorQuery


@endpoint(answers={200: "Connectors"})
def find_connectors(call: Call) -> Reply:
    """GET /api/crm/graph/insights/connectors

    The best connectors: direct contacts, first those who are the only path to the most people; at one company, or anywhere.
    """
    query = call.query(ConnectorQuery)
    with call.read() as tx:
        return Reply(200, repository.find_connectors(tx, query.company, query.limit))
