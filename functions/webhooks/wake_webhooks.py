"""schedule * * * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.webhooks import repository

# The next call, a minute later, wakes others.
MOST_WOKEN = 1_000


@internal
def wake_webhooks(call: Call) -> Reply:
    """schedule * * * * *

    Wake the webhooks with overdue messages to which no process sends: their process died, or their event was lost.
    """
    with call.system_transaction() as tx:
        return Reply(200, {"woken": repository.wake_overdue(tx, MOST_WOKEN)})
