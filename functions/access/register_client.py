"""POST /api/crm/access/register"""

from __future__ import annotations

from shared.access import clients
from shared.edge.web import Call, Reply, endpoint

# Of all programs together: it bounds the work, which is one query; nothing is kept that could fill up.
A_MINUTE = 600


@endpoint(answers={201: "application/json"}, public=True)
def register_client(call: Call) -> Reply:
    """POST /api/crm/access/register

    Register a program (RFC 7591). The `client_id` holds what it said, signed; nothing is kept.
    """
    call.limit_secret("registration of programs", per_minute=A_MINUTE)
    asked = call.json(max_bytes=20_000)
    with call.database.read(None) as tx:
        return Reply(201, clients.register(tx, asked))
