"""GET /api/crm/fields"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.fields import repository


@endpoint(answers={200: "FieldList"})
def list_fields(call: Call) -> Reply:
    """GET /api/crm/fields

    List the custom fields in their order.
    """
    with call.read() as tx:
        return Reply(200, f'{{"items":{repository.list_fields(tx)}}}')
