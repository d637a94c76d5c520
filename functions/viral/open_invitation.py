"""POST /api/crm/viral/invitations/open"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.viral import service
from shared.viral.models import InvitationCode


@endpoint(answers={200: "InvitationSeen"}, public=True)
def open_invitation(call: Call) -> Reply:
    """POST /api/crm/viral/invitations/open

    Count that a person has opened an invitation. This is a POST, so that scanners of links are not counted.
    """
    code = service.clean_code(call.body(InvitationCode).code)
    call.limit_secret(code, per_minute=service.LOOKS_A_MINUTE)
    with call.transaction(as_user=None) as tx:
        return Reply(200, service.open_invitation(tx, code, call.now))
