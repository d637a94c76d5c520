"""GET /api/crm/enrichment/credits/ledger"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.enrichment import credits as ledger
from shared.parameters import Page


@endpoint(answers={200: "Ledger"})
def list_ledger(call: Call) -> Reply:
    """GET /api/crm/enrichment/credits/ledger

    List every movement of the caller's credits, the latest first; their sum is the balance.

    Asking a provider reserves its charge; a provider without an answer gives it back.
    """
    page = call.query(Page)
    with call.read() as tx:
        return Reply(200, ledger.list_ledger(tx, page.cursor, page.limit))
