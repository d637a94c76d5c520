"""POST /api/crm/access/request"""

from __future__ import annotations

from shared.access import authorization
from shared.access.models import AuthorizationRequest
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "AuthorizationRequestSeen"}, keyed=False)
def describe_request(call: Call) -> Reply:
    """POST /api/crm/access/request

    Check what a program asks, and describe it for the page that asks for your consent.
    """
    given = call.body(AuthorizationRequest)
    with call.read(latest=True) as tx:
        asked = authorization.read_request(tx, given.parameters(), deps().clients, call.root, call.now)
    return Reply(200, authorization.describe(asked))
