"""POST /api/crm/webhooks/{id}/test"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service


@endpoint(answers={202: "WebhookMessage"})
def test_webhook(call: Call) -> Reply:
    """POST /api/crm/webhooks/{id}/test

    Send a message of type `webhook.test`; the log shows what came of it. 409 while the webhook is off.
    """
    webhook_id = call.uuid("id")
    with call.transaction() as tx:
        return Reply(202, service.send_test(tx, webhook_id))
