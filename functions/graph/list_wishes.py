"""GET /api/crm/graph/wishes"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import wishes


@endpoint(answers={200: "WishList"})
def list_wishes(call: Call) -> Reply:
    """GET /api/crm/graph/wishes

    All wishes, newest first; those to which a way has opened show the likeliest of today.
    """
    with call.read(latest=True) as tx:
        return Reply(200, wishes.list_wishes(tx, call.now))
