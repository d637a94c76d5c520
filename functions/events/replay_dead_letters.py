"""private"""

from __future__ import annotations

from shared.edge.pubsub import replay
from shared.edge.web import Call, Reply, internal
from shared.plumbing.events.models import DeadLetterReplay


@internal
def replay_dead_letters(call: Call) -> Reply:
    """private

    Send the dead letters of a consumer to it again, once their cause is removed: `{"function", "limit"?}`.
    """
    asked = call.body(DeadLetterReplay)
    return Reply(200, {"replayed": replay(asked.function, asked.limit)})
