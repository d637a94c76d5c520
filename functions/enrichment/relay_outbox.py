"""schedule * * * * *"""

from __future__ import annotations

from shared.manifest import functions
from shared.pubsub import relay
from shared.web import Call, Reply, internal


@internal
def relay_outbox(call: Call) -> Reply:  # noqa: ARG001 - the form of every function
    """schedule * * * * *

    Sends the events that were not sent right after their commit, and those that were sent and never confirmed.
    """
    topics = sorted({function.topic for function in functions().values() if function.topic})
    return Reply(200, {topic: relay(topic) for topic in topics})
