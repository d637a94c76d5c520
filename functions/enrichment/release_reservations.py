"""schedule */5 * * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.enrichment import credits as ledger
from shared.enrichment import repository

# The most rows of each step, which a run handles well within its time-out; the next run handles the rest.
MOST = 5_000


@internal
def release_reservations(call: Call) -> Reply:
    """schedule */5 * * * *

    Repair enrichment after failures: release the credits that dead runs had reserved, continue contacts whose user has
    credits again, mark contacts failed whose event is a dead letter, remove expired answers.
    """
    with call.system_transaction() as tx:
        released = ledger.release_reservations(tx, MOST)
    with call.system_transaction() as tx:
        resumed = ledger.resume(tx, most=MOST)
    with call.system_transaction() as tx:
        failed = repository.fail_buried(tx, MOST)
    with call.system_transaction() as tx:
        forgotten = repository.remove_expired_answers(tx, MOST)
    return Reply(200, {"released": released, "resumed": resumed, "failed": failed, "forgotten": forgotten})
