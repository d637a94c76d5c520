"""PATCH /api/crm/fields/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.fields import service
from shared.fields.models import FieldPatch


@endpoint(answers={200: "CustomField"})
def update_field(call: Call) -> Reply:
    """PATCH /api/crm/fields/{id}

    Change a custom field by a JSON merge patch. Renaming it changes no contact; values that do not fit a new kind are kept.
    """
    field_id = call.uuid("id")
    body = call.body(FieldPatch, media_types=("application/merge-patch+json", "application/json"))
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        return Reply(200, service.update_field(tx, field_id, body))
