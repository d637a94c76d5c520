"""schedule * * * * *"""

from __future__ import annotations

from shared.edge.pubsub import relay
from shared.edge.web import Call, Reply, internal
from shared.manifest import functions
from shared.plumbing.redis import unseen_changes
from shared.webhooks import repository as webhooks

# Webhooks that a call wakes; the next one, a minute later, wakes others.
MOST_WOKEN = 1_000


@internal
def relay_outbox(call: Call) -> Reply:
    """schedule * * * * *

    Send the events that were not sent right after their commit, and those that were sent and never confirmed. Wake
    the webhooks that a process has left, and remove from the cache the contacts of users that changed while Redis could not be reached.
    """
    with call.system_transaction() as tx:
        webhooks.wake_overdue(tx, MOST_WOKEN)
    caught_up = unseen_changes.pass_on(call.database, call.cache)
    topics = sorted({function.topic for function in functions().values() if function.topic})
    return Reply(200, {**{topic: relay(topic) for topic in topics}, "cache": {"told": caught_up}})
