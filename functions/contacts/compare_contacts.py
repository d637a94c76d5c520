"""topic contact-duplicates"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from shared.contacts.merging import comparing
from shared.edge.deps import deps
from shared.edge.pubsub import consumer, send_appended

if TYPE_CHECKING:
    from shared.plumbing.events.outbox import Event

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@consumer
def compare_contacts(event: Event) -> None:
    """topic contact-duplicates

    Compare the contacts that a user has written since the last comparison with all others, for duplicates.
    """
    user_id = UUID(json.loads(event.data)["user_id"])
    with deps().database.transaction(user_id, timeout_s=TIMEOUT_S) as tx:
        comparing.compare(tx)
    send_appended(tx.topics)
