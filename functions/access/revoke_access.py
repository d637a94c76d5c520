"""POST /api/crm/access/revoke"""

from __future__ import annotations

from shared.access import tokens
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: None}, public=True)
def revoke_access(call: Call) -> Reply:
    """POST /api/crm/access/revoke

    End the access of a program by any of its tokens (a form; RFC 7009). A token that is not known is answered alike.
    """
    given = call.form()
    with call.system_transaction() as tx:
        grant_id = tokens.revoke(tx, given)
    if grant_id is not None:
        call.forget_program(grant_id)
    return Reply(200)
