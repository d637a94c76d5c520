"""private"""

from __future__ import annotations

from shared.edge.pubsub import replay
from shared.edge.web import Call, Reply, internal
from shared.plumbing.events.models import DeadLetterReplay


@internal
def replay_dead_letters(call: Call) -> Reply:
    """private

    Give what a consumer could not handle another chance, once its cause is gone: `{"function", "limit"?}`.
    """
    asked = call.body(DeadLetterReplay)
    return Reply(200, {"replayed": replay(asked.function, asked.limit)})
