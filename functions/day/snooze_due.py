"""POST /api/crm/due/{contact_id}/snooze"""

from __future__ import annotations

from shared.day import service
from shared.day.models import Snoozed
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "Cadence"})
def snooze_due(call: Call) -> Reply:
    """POST /api/crm/due/{contact_id}/snooze

    Leave somebody in peace for some days, or until a day.
    """
    contact_id = call.uuid("contact_id")
    body = call.body(Snoozed)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        return Reply(200, service.snooze(tx, contact_id, body, call.now))
