"""POST /api/crm/contacts/{id}/dates"""

from __future__ import annotations

from shared.day import repository, service
from shared.day.models import DateCreate
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={201: "ContactDates"})
def add_date(call: Call) -> Reply:
    """POST /api/crm/contacts/{id}/dates

    Add an anniversary, a reminder or another date to a contact, and answer with all of its dates.
    """
    contact_id = call.uuid("id")
    body = call.body(DateCreate)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        service.add_date(tx, contact_id, body)
        dates = repository.list_dates(tx, contact_id)
    return Reply(201, f'{{"items":{dates}}}')
