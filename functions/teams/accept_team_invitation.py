"""POST /api/crm/teams/invitations/{id}/accept"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service


@endpoint(answers={200: "TeamStatus"})
def accept_team_invitation(call: Call) -> Reply:
    """POST /api/crm/teams/invitations/{id}/accept

    Join the team that has invited your address. Your ties stay private until you share them.
    """
    invitation_id = call.uuid("id")
    with call.transaction() as tx:
        return Reply(200, service.join(tx, invitation_id, call.now))
