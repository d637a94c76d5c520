"""POST /api/crm/devices"""

from __future__ import annotations

from shared.devices import service
from shared.devices.models import DeviceCreate
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={201: "NewDevice"})
def create_device(call: Call) -> Reply:
    """POST /api/crm/devices

    Give a phone or a program a password of its own, with which it keeps a copy of the contacts over CardDAV.

    The password is in this answer and nowhere else. `connect_url` works once, for ten minutes: opened on a phone, it sets it up.
    """
    body = call.body(DeviceCreate)
    username = call.user.email or str(call.user_id)
    settings = deps().settings
    urls = settings.carddav_url or settings.public_url, settings.public_url
    with call.transaction() as tx:
        return Reply(201, service.create_device(tx, body, username, urls, call.now))
