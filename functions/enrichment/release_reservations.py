"""schedule */5 * * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.enrichment import credits as ledger
from shared.enrichment import repository

# As much as is done well within the time-out; the rest is done the next time.
MOST = 5_000


@internal
def release_reservations(call: Call) -> Reply:
    """schedule */5 * * * *

    Tidy up after what went wrong: gives back the credits that dead runs had reserved, continues contacts that found
    no credits and now would, ends the waiting of those whose event is a dead letter, forgets answers that are too old.
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
