"""schedule * * * * *"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, internal
from shared.imports import repository as imports
from shared.jobs import repository, service

# The most rows of each step, which a run handles well within its time-out; the next run handles the rest.
MOST = 1_000
MOST_ROWS = 100_000
TIMEOUT_S = 120


@internal
def resume_jobs(call: Call) -> Reply:
    """schedule * * * * *

    Queue jobs whose worker died, fail those that nobody came back for, and remove old ones and what they left.
    """
    database = deps().database
    resumed = service.resume(database, MOST)
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        expired = repository.expire(tx, MOST)
        old = repository.remove_old(tx, MOST)
    with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
        rows = imports.remove_left(tx, MOST_ROWS) + repository.remove_left_contacts(tx, MOST)
    return Reply(200, {"resumed": resumed, "expired": expired, "removed": old, "rows": rows})
