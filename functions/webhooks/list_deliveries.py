"""GET /api/crm/webhooks/{id}/deliveries"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service
from shared.webhooks.parameters import DeliveryQuery


@endpoint(answers={200: "WebhookDeliveryList"})
def list_deliveries(call: Call) -> Reply:
    """GET /api/crm/webhooks/{id}/deliveries

    List what a webhook was sent in the last 30 days, newest first, with the receiver's last answer.
    """
    webhook_id = call.uuid("id")
    query = call.query(DeliveryQuery)
    with call.read() as tx:
        return Reply(200, service.list_deliveries(tx, webhook_id, query))
