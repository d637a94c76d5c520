"""POST /api/crm/contacts/{id}/enrich"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.enrichment import service
from shared.enrichment.models import EnrichmentRequest
from shared.enrichment.providers.catalog import cheapest_cost
from shared.plumbing.events.outbox import Priority


@endpoint(answers={202: "enrichment.EnrichmentQueued"})
def request_enrichment(call: Call) -> Reply:
    """POST /api/crm/contacts/{id}/enrich

    Queue a contact for enrichment from the configured providers.

    Providers that cost credits charge only for what they find. With `force` they are asked again, and charged again.
    """
    contact_id = call.uuid("id")
    asked = call.body(EnrichmentRequest) if call.request.content_length else EnrichmentRequest()
    with call.changing_contact(contact_id), call.transaction() as tx:
        service.request_enrichment(
            tx,
            contact_id,
            priority=Priority[asked.priority.upper()],
            force=asked.force,
            cheapest=cheapest_cost(deps().waterfall),
        )
    return Reply(202, {"contact_id": str(contact_id), "status": "pending"})
