"""POST /api/crm/webhooks/{id}/rotate"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.webhooks import service
from shared.webhooks.models import SecretRotation


@endpoint(answers={200: "WebhookWithSecret"})
def rotate_webhook_secret(call: Call) -> Reply:
    """POST /api/crm/webhooks/{id}/rotate

    Make a new secret, which the answer holds this once. For `overlap_hours` messages have two signatures, by the new and the old one.
    """
    webhook_id = call.uuid("id")
    rotation = call.body(SecretRotation) if call.request.content_length else SecretRotation()
    with call.transaction() as tx:
        return Reply(200, service.rotate(tx, webhook_id, rotation.overlap_hours, deps().sealer))
