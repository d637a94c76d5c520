"""DELETE /api/crm/access/tokens/{id}"""

from __future__ import annotations

from shared.access import service
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={204: None})
def delete_token(call: Call) -> Reply:
    """DELETE /api/crm/access/tokens/{id}

    Revoke a personal token: within 30 seconds every call with it is answered with 401.
    """
    token_id = call.uuid("id")
    with call.transaction() as tx:
        service.delete_token(tx, token_id)
    call.forget_program(token_id)
    return Reply(204)
