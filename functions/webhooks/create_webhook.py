"""POST /api/crm/webhooks"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service
from shared.webhooks.models import WebhookCreate


@endpoint(answers={201: "WebhookWithSecret"})
def create_webhook(call: Call) -> Reply:
    """POST /api/crm/webhooks

    Have messages about what happens sent to an address: `events` names the types, "*" all of them.

    The answer holds the secret that messages are signed with, this once (Standard Webhooks 1.0). Messages name what happened by its ids;
    more than twenty contacts of one change are one message, `contacts.changed`.
    """
    wanted = call.body(WebhookCreate)
    with call.transaction() as tx:
        webhook = service.create(tx, wanted, deps().outside, deps().sealer)
    return Reply(201, webhook, headers={"Location": f"/api/crm/webhooks/{webhook['id']}"})
