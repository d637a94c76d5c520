"""POST /api/crm/teams/mine/invitations"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.teams import service
from shared.teams.models import TeamInvitationCreate


@endpoint(answers={201: "TeamStatus"})
def invite_to_team(call: Call) -> Reply:
    """POST /api/crm/teams/mine/invitations

    Invite a person to your team by e-mail; only a user with that address may accept. 429 where your budget of letters in a
    day, or that of the mailbox, is spent.
    """
    invitation = call.body(TeamInvitationCreate)
    with call.transaction() as tx:
        invited = service.invite(tx, invitation.email, deps().settings.letters, call.now)
    call.show_letters_left(invited.letters_left)
    return Reply(201, invited.team)
