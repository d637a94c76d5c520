"""GET /api/crm/contacts/{id}/dates"""

from __future__ import annotations

from shared.day import repository
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "ContactDates"})
def list_dates(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/dates

    List the dates of a contact, its birthday first.
    """
    contact_id = call.uuid("id")
    with call.read() as tx:
        return Reply(200, f'{{"items":{repository.list_dates(tx, contact_id)}}}')
