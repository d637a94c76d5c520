"""PATCH /api/crm/webhooks/{id}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service
from shared.webhooks.models import WebhookPatch


@endpoint(answers={200: "Webhook"})
def update_webhook(call: Call) -> Reply:
    """PATCH /api/crm/webhooks/{id}

    Change the address or the events of a webhook, or switch it on or off. Messages that wait when it is switched off are not sent later.
    """
    webhook_id = call.uuid("id")
    patch = call.body(WebhookPatch, media_types=("application/merge-patch+json", "application/json"))
    with call.transaction() as tx:
        return Reply(200, service.update(tx, webhook_id, patch, deps().outside))
