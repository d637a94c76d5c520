"""DELETE /api/crm/access/grants/{id}"""

from __future__ import annotations

from shared.access import service
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={204: None})
def delete_grant(call: Call) -> Reply:
    """DELETE /api/crm/access/grants/{id}

    End the access of a program: within 30 seconds all of its tokens are refused.
    """
    grant_id = call.uuid("id")
    with call.transaction() as tx:
        service.delete_grant(tx, grant_id)
    call.forget_program(grant_id)
    return Reply(204)
