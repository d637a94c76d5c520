"""POST /api/crm/webhooks/deliveries/{id}/redeliver"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service


@endpoint(answers={202: "WebhookMessage"})
def redeliver_webhook(call: Call) -> Reply:
    """POST /api/crm/webhooks/deliveries/{id}/redeliver

    Send a message again under the same id, whatever came of it before. 409 while the webhook is off.
    """
    message_id = call.uuid("id")
    with call.transaction() as tx:
        return Reply(202, service.redeliver(tx, message_id))
