"""DELETE /api/crm/teams/mine/members/{member}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service


@endpoint(answers={204: None})
def remove_team_member(call: Call) -> Reply:
    """DELETE /api/crm/teams/mine/members/{member}

    Leave the team (`me`), or remove a member. 409 unless you are the owner.
    """
    member = call.path_parameter("member")
    with call.transaction() as tx:
        service.remove_member(tx, member)
    return Reply(204)
