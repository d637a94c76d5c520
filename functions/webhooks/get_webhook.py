"""GET /api/crm/webhooks/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service


@endpoint(answers={200: "Webhook"})
def get_webhook(call: Call) -> Reply:
    """GET /api/crm/webhooks/{id}

    One webhook: whether it is on, and how many messages wait.
    """
    webhook_id = call.uuid("id")
    with call.read() as tx:
        return Reply(200, service.get(tx, webhook_id))
