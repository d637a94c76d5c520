"""DELETE /api/crm/webhooks/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service


@endpoint(answers={204: None})
def delete_webhook(call: Call) -> Reply:
    """DELETE /api/crm/webhooks/{id}

    Remove a webhook with its log; what waits is not sent.
    """
    webhook_id = call.uuid("id")
    with call.transaction() as tx:
        service.delete(tx, webhook_id)
    return Reply(204)
