"""topic webhooks"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.edge.deps import deps
from shared.edge.pubsub import consumer
from shared.webhooks.service import read_event

if TYPE_CHECKING:
    from shared.plumbing.events.outbox import Event


@consumer
def deliver_webhooks(event: Event) -> None:
    """topic webhooks

    Send the messages that a webhook waits for. A receiver's failure is noted in the log, and is never an error of this function.
    """
    deps().webhook_sender.drain(*read_event(event.data))
