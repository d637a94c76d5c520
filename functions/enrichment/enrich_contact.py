"""topic contact-enrichment"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.edge.deps import deps
from shared.edge.pubsub import consumer

if TYPE_CHECKING:
    from shared.plumbing.events.outbox import Event


@consumer
def enrich_contact(event: Event) -> bool:
    """topic contact-enrichment

    Fill in the blank fields of a contact from the configured providers, and record the source and the cost of each.
    """
    return deps().enricher.process(event.id, event.data)
