"""POST /api/crm/due/{contact_id}/skip"""

from __future__ import annotations

from shared.day import service
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "Cadence"})
def skip_due(call: Call) -> Reply:
    """POST /api/crm/due/{contact_id}/skip

    Leave this time out: the next one is counted from today, and nothing is logged.
    """
    contact_id = call.uuid("contact_id")
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        return Reply(200, service.skip(tx, contact_id, call.now))
