"""schedule 2 * * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.viral import repository

# A little less than the function may take, so that the database gives up first and says so.
TIMEOUT_S = 280


@internal
def slide_leaderboard(call: Call) -> Reply:
    """schedule 2 * * * *

    Take the points of days that have passed out of the standings of the last 7 and 30 days.
    """
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        return Reply(200, {"changed": repository.slide_leaderboard(tx, call.now)})
