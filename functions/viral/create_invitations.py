"""POST /api/crm/viral/invitations"""

from __future__ import annotations

from shared.deps import deps
from shared.viral import service
from shared.viral.models import InvitationCreate
from shared.web import Call, Reply, endpoint


@endpoint(answers={201: "InvitationList"})
def create_invitations(call: Call) -> Reply:
    """POST /api/crm/viral/invitations

    Invites people by e-mail, each with a code of their own; whom you have invited before gets no second e-mail.
    """
    invitation = call.body(InvitationCreate)
    with call.transaction() as tx:
        return Reply(201, service.invite(tx, invitation, deps().settings.public_url, call.now))
