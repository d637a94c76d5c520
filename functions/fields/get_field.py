"""GET /api/crm/fields/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.fields import repository


@endpoint(answers={200: "CustomField"})
def get_field(call: Call) -> Reply:
    """GET /api/crm/fields/{id}

    A custom field, with how many contacts have a value that fits, and one that does not.
    """
    field_id = call.uuid("id")
    with call.read() as tx:
        document = repository.get_field(tx, field_id)
    return Reply(200, document, etag=etag_of(document))
