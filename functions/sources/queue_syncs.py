"""schedule * * * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.sources.accounts import service

# The most accounts of a run; the next one, a minute later, takes those that are left.
MOST = 2_000


@internal
def queue_syncs(call: Call) -> Reply:
    """schedule * * * * *

    Queue the connected accounts that are to be read now.
    """
    with call.system_transaction() as tx:
        return Reply(200, {"queued": service.queue_due(tx, MOST)})
