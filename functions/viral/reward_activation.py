"""topic activation"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from shared.edge.deps import deps
from shared.edge.pubsub import consumer
from shared.viral import service

if TYPE_CHECKING:
    from shared.plumbing.events.outbox import Event


@consumer
def reward_activation(event: Event) -> None:
    """topic activation

    Give credits to a joiner who became active and to their inviter, and a point to the inviter, once.
    """
    with deps().database.transaction(None) as tx:
        service.reward_activation(tx, UUID(json.loads(event.data)["user_id"]), deps().now())
