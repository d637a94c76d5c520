"""DELETE /api/crm/teams/mine/invitations/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service


@endpoint(answers={204: None})
def cancel_team_invitation(call: Call) -> Reply:
    """DELETE /api/crm/teams/mine/invitations/{id}

    Withdraw an invitation to your team.
    """
    invitation_id = call.uuid("id")
    with call.transaction() as tx:
        service.cancel_invitation(tx, invitation_id)
    return Reply(204)
