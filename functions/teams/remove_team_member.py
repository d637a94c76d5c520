"""DELETE /api/crm/teams/mine/members/{member}"""

from __future__ import annotations

from shared.teams import service
from shared.web import Call, Reply, endpoint


@endpoint(answers={204: None})
def remove_team_member(call: Call) -> Reply:
    """DELETE /api/crm/teams/mine/members/{member}

    Leaves the team (`me`), or removes a member, which only who has been there longest may: 409.
    """
    member = call.path_parameter("member")
    with call.transaction() as tx:
        service.remove_member(tx, member)
    return Reply(204)
