"""GET /api/crm/health"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.meta import repository


@endpoint(answers={200: "Health"}, public=True)
def get_health(call: Call) -> Reply:
    """GET /api/crm/health

    Whether the parts answer. A cache that is down slows things, and fails nothing.
    """
    with call.database.read(None) as tx:
        repository.ping(tx)
    return Reply(200, {"status": "ok", "database": "ok", "cache": "ok" if call.cache.is_up() else "down"})
