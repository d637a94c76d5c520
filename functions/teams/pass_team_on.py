"""PUT /api/crm/teams/mine/owner"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service
from shared.teams.models import TeamOwner


@endpoint(answers={200: "TeamStatus"})
def pass_team_on(call: Call) -> Reply:
    """PUT /api/crm/teams/mine/owner

    Make another member the owner of your team. 409 unless you are the owner. When an owner leaves, the member who joined first follows.
    """
    owner = call.body(TeamOwner)
    with call.transaction() as tx:
        return Reply(200, service.pass_on(tx, owner.id))
