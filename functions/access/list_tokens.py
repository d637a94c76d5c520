"""GET /api/crm/access/tokens"""

from __future__ import annotations

from shared.access import service
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "PersonalTokenList"})
def list_tokens(call: Call) -> Reply:
    """GET /api/crm/access/tokens

    List your personal tokens, the newest first, without their texts.
    """
    with call.read() as tx:
        return Reply(200, service.list_tokens(tx))
