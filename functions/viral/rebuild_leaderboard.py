"""private"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.viral import repository

# A little less than the function may take, so that the database gives up first and says so.
TIMEOUT_S = 280


@internal
def rebuild_leaderboard(call: Call) -> Reply:
    """private

    Make all standings anew from the scored events; for operators, should they ever doubt them.
    """
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        return Reply(200, {"standings": repository.rebuild_leaderboard(tx, call.now)})
