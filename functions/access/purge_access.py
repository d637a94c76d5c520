"""schedule 10 4 * * *"""

from __future__ import annotations

from shared.access import repository, service
from shared.edge.web import Call, Reply, internal

BATCH = 5_000
# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@internal
def purge_access(call: Call) -> Reply:
    """schedule 10 4 * * *

    Remove what programs did more than 90 days ago, and tokens that expired 30 days ago.
    """
    before, purged, last = call.now - service.CALLS_KEPT_FOR, 0, BATCH
    while last == BATCH:
        with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
            last = repository.remove_old_calls(tx, before, BATCH)
        purged += last
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        tokens = repository.remove_expired_tokens(tx, call.now - service.EXPIRED_KEPT_FOR)
    return Reply(200, {"purged": purged, "tokens": tokens})
