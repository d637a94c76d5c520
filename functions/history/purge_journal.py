"""schedule 40 3 * * *"""

from __future__ import annotations

from datetime import timedelta

from shared.devices.service import purge_cards
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, internal
from shared.history import repository

# Operations of one transaction: few enough that no lock is held for long.
BATCH = 500
# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@internal
def purge_journal(call: Call) -> Reply:
    """schedule 40 3 * * *

    Remove operations and deleted contacts that are older than the journal is kept, and what cards of devices hold of them.
    """
    older_than, purged, last = call.now - timedelta(days=deps().settings.journal_days), 0, BATCH
    while last == BATCH:
        with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
            last = repository.purge_journal(tx, older_than, BATCH)
        purged += last
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        purge_cards(tx, call.now, older_than)
    return Reply(200, {"purged": purged})
