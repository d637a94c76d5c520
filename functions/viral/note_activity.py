"""schedule */5 * * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.viral import repository

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280
MAX_USERS = 20_000


@internal
def note_activity(call: Call) -> Reply:
    """schedule */5 * * * *

    Find joiners who became active without a request that records it.
    """
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        return Reply(200, {"activated": repository.note_all_activity(tx, call.now, MAX_USERS)})
