"""GET /api/crm/due"""

from __future__ import annotations

from shared.day import service
from shared.day.parameters import DueQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "DueList"})
def list_due(call: Call) -> Reply:
    """GET /api/crm/due

    List who is to be talked to today, the longest overdue first, with the reason and the ways to reach them.
    """
    query = call.query(DueQuery)
    with call.read() as tx:
        return Reply(200, service.list_due(tx, query, call.now))
