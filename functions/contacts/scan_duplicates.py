"""POST /api/crm/contacts/duplicates/scan"""

from __future__ import annotations

from shared.contacts.merging import duplicates
from shared.edge.web import Call, Reply, endpoint

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@endpoint(answers={200: "DuplicateList"})
def scan_duplicates(call: Call) -> Reply:
    """POST /api/crm/contacts/duplicates/scan

    Compare all contacts with each other, and answer how many pairs may be one person.
    """
    with call.transaction(timeout_s=TIMEOUT_S) as tx:
        return Reply(200, duplicates.scan(tx))
