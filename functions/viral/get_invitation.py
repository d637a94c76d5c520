"""GET /api/crm/viral/invitations/{code}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.viral import service


@endpoint(answers={200: "InvitationSeen"}, public=True)
def get_invitation(call: Call) -> Reply:
    """GET /api/crm/viral/invitations/{code}

    The inviter's name, for the holder of a code; reading it is not counted.
    """
    code = service.clean_code(call.path_parameter("code"))
    call.limit_secret(code, per_minute=service.LOOKS_A_MINUTE)
    with call.database.read(None) as tx:
        return Reply(200, service.see_invitation(tx, code))
