"""GET /api/crm/viral/leaderboard"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.viral import service
from shared.viral.parameters import LeaderboardQuery


@endpoint(answers={200: "Leaderboard"})
def get_leaderboard(call: Call) -> Reply:
    """GET /api/crm/viral/leaderboard

    Who has most completed introductions and activated invitations, and where you stand; ties share a rank.
    """
    query = call.query(LeaderboardQuery)
    with call.read() as tx:
        return Reply(200, service.get_leaderboard(tx, query))
