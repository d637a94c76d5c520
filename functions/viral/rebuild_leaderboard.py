"""private"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.viral import repository

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@internal
def rebuild_leaderboard(call: Call) -> Reply:
    """private

    Rebuild all standings from the scored events; for operators who suspect an error in them.
    """
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        return Reply(200, {"standings": repository.rebuild_leaderboard(tx, call.now)})
