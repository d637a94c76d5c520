"""DELETE /api/crm/devices/{id}"""

from __future__ import annotations

from shared.devices import service
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={204: None})
def delete_device(call: Call) -> Reply:
    """DELETE /api/crm/devices/{id}

    Revoke a device at once: its password opens nothing any more. Its copy stays on it, and the contacts stay here.
    """
    with call.transaction() as tx:
        service.delete_device(tx, call.uuid("id"))
    return Reply(204)
