"""GET /api/crm/users/me/audit"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.users import audit
from shared.users.parameters import AuditQuery


@endpoint(answers={200: "AuditList"})
def list_audit(call: Call) -> Reply:
    """GET /api/crm/users/me/audit

    The audit log of your account, newest first: sign-ins, exports, imports and large changes, restores, acts of programs, and changes of
    what others see. Entries cannot be changed and are kept for 13 months.
    """
    query = call.query(AuditQuery)
    with call.read() as tx:
        return Reply(200, audit.list_entries(tx, query))
