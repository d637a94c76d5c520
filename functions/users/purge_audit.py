"""schedule 50 3 * * *"""

from __future__ import annotations

from datetime import timedelta

from shared.edge.web import Call, Reply, internal
from shared.plumbing.idempotency import keys
from shared.users import audit, exporting

# Thirteen months: a year can be compared with the one before.
KEPT_FOR = timedelta(days=396)
EXPORTS_KEPT_FOR = timedelta(days=7)
BATCH = 5_000
# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@internal
def purge_audit(call: Call) -> Reply:
    """schedule 50 3 * * *

    Remove entries of audit logs that are older than 13 months, exports of everything that are older than a week, and the
    answers to requests with an `Idempotency-Key` that are older than a day.
    """
    before, purged, last = call.now - KEPT_FOR, 0, BATCH
    while last == BATCH:
        with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
            last = audit.remove_old(tx, before, BATCH)
        purged += last
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        exports = exporting.remove_old(tx, call.now - EXPORTS_KEPT_FOR, BATCH)
    answers, last = 0, BATCH
    while last == BATCH:
        with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
            last = keys.remove_old(tx, BATCH)
        answers += last
    return Reply(200, {"purged": purged, "exports": exports, "answers": answers})
