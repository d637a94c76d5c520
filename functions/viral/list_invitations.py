"""GET /api/crm/viral/invitations"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.parameters import Page
from shared.viral import service


@endpoint(answers={200: "InvitationList"})
def list_invitations(call: Call) -> Reply:
    """GET /api/crm/viral/invitations

    List your invitations, newest first, with the state of each, and your link to share.
    """
    page = call.query(Page)
    with call.transaction() as tx:
        return Reply(200, service.list_invitations(tx, page, deps().settings.public_url, call.now))
