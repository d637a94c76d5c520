"""topic email"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from shared.edge.deps import deps
from shared.edge.pubsub import consumer

if TYPE_CHECKING:
    from shared.plumbing.events.outbox import Event


@consumer
def send_email(event: Event) -> None:
    """topic email

    Send an e-mail over SMTP: once, however often its event is delivered; again later while the mail server does not answer.
    """
    data = json.loads(event.data)
    if "privacy_link_id" in data:
        deps().link_mailer.send(UUID(data["privacy_link_id"]), deps().now())
        return
    deps().mailer.send(UUID(data["user_id"]), UUID(data["email_id"]), deps().now())
