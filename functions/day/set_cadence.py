"""PUT /api/crm/contacts/{id}/cadence"""

from __future__ import annotations

from shared.day import service
from shared.day.models import CadenceSet
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "Cadence"})
def set_cadence(call: Call) -> Reply:
    """PUT /api/crm/contacts/{id}/cadence

    Set how often a contact is to be talked to, counted from the last talk of any kind; null leaves it to the circles, 0 is never.
    """
    contact_id = call.uuid("id")
    body = call.body(CadenceSet)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        return Reply(200, service.set_cadence(tx, contact_id, body.every_days, call.now))
