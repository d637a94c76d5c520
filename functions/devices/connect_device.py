"""GET /api/crm/devices/connect/{token}"""

from __future__ import annotations

from shared.devices import connecting
from shared.devices.parameters import ConnectQuery
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.errors import NotFound
from shared.introductions.page import HTML, headers


@endpoint(answers={200: "text/html"}, public=True)
def connect_device(call: Call) -> Reply:
    """GET /api/crm/devices/connect/{token}

    The page of a one-time link, which sets up a phone: `for=apple` downloads a profile, `android` opens DAVx5, `other` shows the password.

    Without `for` it asks for the kind of phone, and the link stays good.
    """
    token, query = call.path_parameter("token"), call.query(ConnectQuery)
    call.limit_secret(token, per_minute=connecting.OPENED_PER_MINUTE)
    settings = deps().settings
    url = settings.carddav_url or settings.public_url
    try:
        with call.system_transaction() as tx:
            found = connecting.find(tx, token, take=query.phone is not None)
    except NotFound as error:
        return Reply(404, connecting.refused_page(error.message), HTML, headers())
    if query.phone == "apple":
        name = {"Content-Disposition": 'attachment; filename="warmpath.mobileconfig"'}
        return Reply(200, connecting.profile(found, url), connecting.PROFILE, headers() | name)
    page = connecting.secrets_page(found, url, query.phone) if query.phone else connecting.choice_page(found)
    return Reply(200, page, HTML, headers())
