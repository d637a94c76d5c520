"""POST /api/crm/teams"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service
from shared.teams.models import TeamCreate


@endpoint(answers={201: "TeamStatus"})
def create_team(call: Call) -> Reply:
    """POST /api/crm/teams

    Make a team of yourself, to which you then invite others. One is in one team at a time: 409.
    """
    team = call.body(TeamCreate)
    with call.transaction() as tx:
        return Reply(201, service.create_team(tx, team.name, call.now))
