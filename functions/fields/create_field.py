"""POST /api/crm/fields"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.fields import repository, service
from shared.fields.models import FieldCreate


@endpoint(answers={201: "CustomField"})
def create_field(call: Call) -> Reply:
    """POST /api/crm/fields

    Add a custom field. Its values stand in `custom` of contacts under its key, also those that stand there already.
    """
    body = call.body(FieldCreate)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        field_id = service.create_field(tx, body)
        document = repository.get_field(tx, field_id)
    return Reply(201, document, headers={"Location": f"/api/crm/fields/{field_id}"})
