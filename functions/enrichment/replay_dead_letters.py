"""private"""

from __future__ import annotations

from shared.enrichment.models import DeadLetterReplay
from shared.pubsub import replay
from shared.web import Call, Reply, internal


@internal
def replay_dead_letters(call: Call) -> Reply:
    """private

    Gives what a consumer could not handle another chance, once its cause is gone: `{"function", "limit"?}`.
    """
    asked = call.body(DeadLetterReplay)
    return Reply(200, {"replayed": replay(asked.function, asked.limit)})
