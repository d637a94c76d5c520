"""GET /api/crm/health"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.meta import repository


@endpoint(answers={200: "Health"}, public=True)
def get_health(call: Call) -> Reply:
    """GET /api/crm/health

    The health of the database and the cache. Without the cache answers are slower, and still right.
    """
    with call.database.read(None) as tx:
        repository.ping(tx)
    return Reply(200, {"status": "ok", "database": "ok", "cache": "ok" if call.cache.is_up() else "down"})
