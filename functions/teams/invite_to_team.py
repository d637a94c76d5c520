"""POST /api/crm/teams/mine/invitations"""

from __future__ import annotations

from shared.teams import service
from shared.teams.models import TeamInvitationCreate
from shared.web import Call, Reply, endpoint


@endpoint(answers={201: "TeamStatus"})
def invite_to_team(call: Call) -> Reply:
    """POST /api/crm/teams/mine/invitations

    Invites somebody to your team by e-mail; only who signs in with that address may accept.
    """
    invitation = call.body(TeamInvitationCreate)
    with call.transaction() as tx:
        return Reply(201, service.invite(tx, invitation.email, call.now))
