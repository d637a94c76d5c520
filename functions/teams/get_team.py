"""GET /api/crm/teams/mine"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import repository


@endpoint(answers={200: "TeamStatus"})
def get_team(call: Call) -> Reply:
    """GET /api/crm/teams/mine

    Your team with its members and whether each shares their ties, null without one; and the invitations to you.
    """
    with call.read() as tx:
        return Reply(200, repository.get_team(tx))
