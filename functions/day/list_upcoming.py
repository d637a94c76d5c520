"""GET /api/crm/upcoming"""

from __future__ import annotations

from shared.day import repository
from shared.day.parameters import UpcomingQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "UpcomingList"})
def list_upcoming(call: Call) -> Reply:
    """GET /api/crm/upcoming

    List birthdays, anniversaries and other dates from today on, in the user's time zone, the next first.
    """
    query = call.query(UpcomingQuery)
    with call.read() as tx:
        return Reply(200, f'{{"items":{repository.list_upcoming(tx, query.days, query.limit, call.now)}}}')
