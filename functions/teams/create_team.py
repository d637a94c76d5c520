"""POST /api/crm/teams"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service
from shared.teams.models import TeamCreate


@endpoint(answers={201: "TeamStatus"})
def create_team(call: Call) -> Reply:
    """POST /api/crm/teams

    Create a team with you as its first member. 409 where you are in a team already.
    """
    team = call.body(TeamCreate)
    with call.transaction() as tx:
        return Reply(201, service.create_team(tx, team.name, call.now))
