"""POST /api/crm/due/{contact_id}/done"""

from __future__ import annotations

from shared.day import service
from shared.day.models import Talked
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "Cadence"})
def finish_due(call: Call) -> Reply:
    """POST /api/crm/due/{contact_id}/done

    Say that you have talked to somebody: it is logged as an interaction, and the next time is counted from it.
    """
    contact_id = call.uuid("contact_id")
    body = call.body(Talked)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        return Reply(200, service.finish(tx, contact_id, body, call.now))
