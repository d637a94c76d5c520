"""GET /api/crm/imports"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.imports import service
from shared.parameters import Page


@endpoint(answers={200: "ImportSummaryList"})
def list_imports(call: Call) -> Reply:
    """GET /api/crm/imports

    List your imports of the last three months, the latest first.
    """
    page = call.query(Page)
    with call.read() as tx:
        return Reply(200, service.list_page(tx, page))
