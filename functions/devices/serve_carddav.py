"""dav /dav/"""

from __future__ import annotations

from shared.devices.xml import MEDIA_TYPE
from shared.edge.dav import answer_device
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={207: MEDIA_TYPE}, public=True)
def serve_carddav(call: Call) -> Reply:
    """dav /dav/

    The address book for phones and programs: CardDAV (RFC 6352) with collection sync (RFC 6578), for devices with passwords of their own.
    """
    return answer_device(call)
