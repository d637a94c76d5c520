"""GET /api/crm/devices"""

from __future__ import annotations

from shared.devices import repository
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "DeviceList"})
def list_devices(call: Call) -> Reply:
    """GET /api/crm/devices

    List the devices with a copy of the contacts: when each was last used, and by which program.
    """
    with call.database.read(call.user_id) as tx:
        return Reply(200, f'{{"items":{repository.list_devices(tx)}}}')
