"""schedule 2 * * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.viral import repository

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@internal
def slide_leaderboard(call: Call) -> Reply:
    """schedule 2 * * * *

    Remove points from the standings of the last 7 and 30 days that are older than those.
    """
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        return Reply(200, {"changed": repository.slide_leaderboard(tx, call.now)})
