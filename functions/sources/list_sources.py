"""GET /api/crm/sources"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository


@endpoint(answers={200: "SourceList"})
def list_sources(call: Call) -> Reply:
    """GET /api/crm/sources

    List all sources with what was read, counted and left out.
    """
    with call.read() as tx:
        return Reply(200, f'{{"items":{repository.list_sources(tx)}}}')
