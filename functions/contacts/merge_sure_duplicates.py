"""POST /api/crm/contacts/duplicates/merge-sure"""

from __future__ import annotations

from shared.contacts.merging import duplicates
from shared.edge.web import Call, Reply, endpoint

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@endpoint(answers={200: "SureMerge"})
def merge_sure_duplicates(call: Call) -> Reply:
    """POST /api/crm/contacts/duplicates/merge-sure

    Merge the pairs of the band `sure`, up to a thousand in one operation that can be undone; `left` says how many are left.
    """
    with call.cache.changing_contacts(call.user_id), call.transaction(timeout_s=TIMEOUT_S) as tx:
        return Reply(200, duplicates.merge_sure(tx))
