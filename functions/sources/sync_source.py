"""topic source-sync"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.edge.deps import deps
from shared.edge.pubsub import consumer

if TYPE_CHECKING:
    from shared.plumbing.events.outbox import Event


@consumer
def sync_source(event: Event) -> None:
    """topic source-sync

    Read on in a connected account for a minute and a half, and queue the next slice where more is left.
    """
    deps().accounts.process(event.data)
