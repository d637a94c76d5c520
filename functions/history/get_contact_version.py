"""GET /api/crm/contacts/{id}/history/{version}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.errors import NotFound
from shared.history import versions

# Of a number that the database holds.
MAX_DIGITS = 18


@endpoint(answers={200: "OldContact"})
def get_contact_version(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/history/{version}

    A contact as it was after one of its changes; `version` is the `id` of the change.
    """
    contact_id, version = call.uuid("id"), call.path_parameter("version")
    if not (version.isascii() and version.isdigit() and len(version) <= MAX_DIGITS):
        raise NotFound
    with call.read() as tx:
        return Reply(200, versions.old_contact(tx, contact_id, int(version)))
