"""GET /api/crm/operations"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.history import service
from shared.history.parameters import OperationListQuery


@endpoint(answers={200: "OperationList"})
def list_operations(call: Call) -> Reply:
    """GET /api/crm/operations

    List what was done to your data, newest first: by which call, when, and how much it changed.

    `actor=user` leaves out what went on by itself, such as enrichment after an import; `actor=system` lists only that.
    """
    query = call.query(OperationListQuery)
    with call.read() as tx:
        return Reply(200, service.list_operations(tx, query))
