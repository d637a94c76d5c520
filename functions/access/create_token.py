"""POST /api/crm/access/tokens"""

from __future__ import annotations

from shared.access import service
from shared.access.models import TokenCreate
from shared.edge.web import Call, Reply, endpoint


# No answer is kept under a key: the token stands in it.
@endpoint(answers={201: "NewPersonalToken"}, keyed=False)
def create_token(call: Call) -> Reply:
    """POST /api/crm/access/tokens

    Make a personal token for a program of yours.

    The answer holds the token, this once: `Authorization: Bearer wmp_...`. It does what its scopes say and no more: `read`, `write`,
    `introduce` (sends e-mail in your name) and `webhooks`. Only you yourself, signed in, may make tokens.
    """
    token = call.body(TokenCreate)
    with call.transaction() as tx:
        return Reply(201, service.create_token(tx, token.name, list(token.scopes), token.days, call.now))
