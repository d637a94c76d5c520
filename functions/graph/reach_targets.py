"""POST /api/crm/graph/reach"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph.models import ReachRequest
from shared.graph.reach import reach


@endpoint(answers={200: "TargetCover"})
def reach_targets(call: Call) -> Reply:
    """POST /api/crm/graph/reach

    The fewest direct contacts through whom all of many contacts are reached: whom to meet to reach these twenty.
    """
    request = call.body(ReachRequest)
    with call.read() as tx:
        return Reply(200, reach(tx, request.targets))
