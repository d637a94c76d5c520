"""POST /api/crm/access/device"""

from __future__ import annotations

from shared.access import authorization
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint

# Of all programs together: a request is a row for a quarter of an hour.
A_MINUTE = 300


@endpoint(answers={200: "application/json"}, public=True)
def start_device(call: Call) -> Reply:
    """POST /api/crm/access/device

    Take the request of a program on a machine without a browser (a form; RFC 8628): the user types the code at `/connect`.
    """
    call.limit_secret("requests of devices", per_minute=A_MINUTE)
    given = call.form()
    with call.system_transaction() as tx:
        return Reply(200, authorization.start_device(tx, given, deps().clients, call.root, call.now))
