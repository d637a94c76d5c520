"""schedule */5 * * * *"""

from __future__ import annotations

import time

from shared.day.digest import repository, service
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, internal

# Less than the function's time-out: what is left waits for the next run.
WORK_S = 200.0
TIMEOUT_S = 60


@internal
def queue_digests(call: Call) -> Reply:
    """schedule */5 * * * *

    Queue the letters about the day whose hour has come, some thousand users in a statement.
    """
    most = deps().settings.letters.installation_per_day
    began_at, looked_at, queued, last = time.monotonic(), 0, 0, service.BATCH
    while last == service.BATCH and time.monotonic() - began_at < WORK_S:
        with call.transaction(as_user=None, timeout_s=TIMEOUT_S) as tx:
            last, letters = repository.queue_digests(tx, call.now, service.BATCH, most)
        looked_at, queued = looked_at + last, queued + letters
    return Reply(200, {"looked_at": looked_at, "queued": queued})
