"""GET /api/crm/sources"""

from __future__ import annotations

import json

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository


@endpoint(answers={200: "SourceList"})
def list_sources(call: Call) -> Reply:
    """GET /api/crm/sources

    List all sources with what was read, counted and left out, and the providers that can be signed in to.
    """
    with call.read() as tx:
        items = repository.list_sources(tx)
    environ = deps().settings.environ
    offered = [kind for kind in ("google", "microsoft") if environ.get(f"{kind.upper()}_CLIENT_ID", "").strip()]
    return Reply(200, f'{{"items":{items},"providers":{json.dumps(offered)}}}')
