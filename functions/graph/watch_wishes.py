"""schedule 4-59/10 * * * *"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.errors import NotFound
from shared.graph import repository, wishes


@internal
def watch_wishes(call: Call) -> Reply:
    """schedule 4-59/10 * * * *

    Look for ways to the wishes of users whose address book has changed, or whose wishes were not looked at for a day.
    """
    done = {"users": 0, "opened": 0}
    with call.database.read(None) as tx:
        waiting = repository.list_waiting_users(tx, call.now, wishes.MAX_USERS)
    for user_id in waiting:
        try:
            with call.transaction(as_user=user_id) as tx:
                done["opened"] += len(repository.check_wishes(tx, call.now))
        except NotFound:  # the user was erased meanwhile
            continue
        done["users"] += 1
    return Reply(200, done)
