"""GET /api/crm/changes"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.history import feed
from shared.history.parameters import ChangeQuery


@endpoint(answers={200: "Changes"})
def list_changes(call: Call) -> Reply:
    """GET /api/crm/changes

    Follow the changes of your contacts: none is missed and none comes twice, however many writers there are.

    The first call without `since` answers the token to begin with; list all contacts after it. Each answer has the next
    token; 410 says that a token is too old, and that the list must be read again.
    """
    query = call.query(ChangeQuery)
    with call.database.read(call.user_id) as tx:
        return Reply(200, feed.changes_since(tx, query))
