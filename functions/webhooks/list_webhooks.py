"""GET /api/crm/webhooks"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service


@endpoint(answers={200: "WebhookList"})
def list_webhooks(call: Call) -> Reply:
    """GET /api/crm/webhooks

    List your webhooks, the oldest first, without their secrets.
    """
    with call.read() as tx:
        return Reply(200, service.list_all(tx))
