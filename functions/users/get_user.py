"""GET /api/crm/users/me"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.users import repository


@endpoint(answers={200: "User"})
def get_user(call: Call) -> Reply:
    """GET /api/crm/users/me

    The calling user, who is added at their first call.
    """
    with call.read() as tx:
        return Reply(200, repository.get_user(tx, deps().settings.letters, call.now))
