"""schedule * * * * *"""

from __future__ import annotations

from shared.edge.pubsub import relay
from shared.edge.web import Call, Reply, internal
from shared.manifest import functions
from shared.plumbing.redis import unseen_changes


@internal
def relay_outbox(call: Call) -> Reply:
    """schedule * * * * *

    Send the events that were not sent right after their commit, and those that were sent and never confirmed. Remove from
    the cache the contacts of users that changed while Redis could not be reached.
    """
    caught_up = unseen_changes.pass_on(call.database, call.cache)
    topics = sorted({function.topic for function in functions().values() if function.topic})
    return Reply(200, {**{topic: relay(topic) for topic in topics}, "cache": {"told": caught_up}})
