"""POST /api/crm/viral/invitations/accept"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.viral import service
from shared.viral.models import InvitationCode


@endpoint(answers={200: "InvitationAccepted"})
def accept_invitation(call: Call) -> Reply:
    """POST /api/crm/viral/invitations/accept

    Join by the code of an invitation. A joiner counts once, for their first code, never for their own; 409 says why not.
    """
    code = call.body(InvitationCode).code
    with call.transaction() as tx:
        return Reply(200, service.accept_invitation(tx, code, call.now))
