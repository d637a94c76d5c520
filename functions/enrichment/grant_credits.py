"""private"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.enrichment import credits as ledger
from shared.enrichment.models import CreditGrant


@internal
def grant_credits(call: Call) -> Reply:
    """private

    Give a user credits, and continue the contacts that waited for credits: `{"email" or "user_id", "credits", "note"?}`.
    """
    given = call.body(CreditGrant)
    with call.system_transaction() as tx:
        user_id = given.user_id or ledger.find_user(tx, given.email or "")
        balance = ledger.grant(tx, user_id, given.credits, given.note)
    return Reply(200, {"user_id": str(user_id), "balance": balance})
