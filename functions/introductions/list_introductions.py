"""GET /api/crm/graph/introductions"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.introductions import service
from shared.introductions.parameters import IntroductionListQuery


@endpoint(answers={200: "introductions.IntroductionList"})
def list_introductions(call: Call) -> Reply:
    """GET /api/crm/graph/introductions

    List the introductions that you asked for, and those that you were asked about, newest first.
    """
    query = call.query(IntroductionListQuery)
    with call.read() as tx:
        return Reply(200, service.list_introductions(tx, query))
