"""GET /api/crm/enrichment/credits"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.enrichment import credits as ledger


@endpoint(answers={200: "CreditBalance"})
def get_credits(call: Call) -> Reply:
    """GET /api/crm/enrichment/credits

    The caller's balance of credits.
    """
    with call.read() as tx:
        return Reply(200, {"balance": ledger.get_balance(tx)})
