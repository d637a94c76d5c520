"""GET /api/crm/viral/leaderboard"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.viral import service
from shared.viral.parameters import LeaderboardQuery


@endpoint(answers={200: "Leaderboard"})
def get_leaderboard(call: Call) -> Reply:
    """GET /api/crm/viral/leaderboard

    The users with the most completed introductions and activated invitations, and your rank; equal scores share a rank.
    """
    query = call.query(LeaderboardQuery)
    with call.read() as tx:
        return Reply(200, service.get_leaderboard(tx, query))
