"""schedule 20 4 * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.webhooks import repository, service

BATCH = 5_000
# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@internal
def purge_deliveries(call: Call) -> Reply:
    """schedule 20 4 * * *

    Remove the messages to webhooks that are older than 30 days from their logs.
    """
    before, purged, last = call.now - service.LOG_KEPT_FOR, 0, BATCH
    while last == BATCH:
        with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
            last = repository.remove_old(tx, before, BATCH)
        purged += last
    return Reply(200, {"purged": purged})
