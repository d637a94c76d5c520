"""GET /api/crm/graph/insights/mutual"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import repository
from shared.graph.parameters import MutualQuery


@endpoint(answers={200: "MutualContacts"})
def find_mutual_contacts(call: Call) -> Reply:
    """GET /api/crm/graph/insights/mutual

    Mutual contacts of two contacts, strongest first; `a` is the caller unless given.
    """
    query = call.query(MutualQuery)
    with call.read() as tx:
        return Reply(200, repository.find_mutual(tx, query.a, query.b, query.limit))
