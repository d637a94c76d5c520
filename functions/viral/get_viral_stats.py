"""GET /api/crm/viral/stats"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.viral import service
from shared.viral.parameters import ViralStatsQuery


@endpoint(answers={200: "ViralStats"})
def get_viral_stats(call: Call) -> Reply:
    """GET /api/crm/viral/stats

    Metrics of growth: yours and everyone's, by weekly cohort and by day, with a projection.
    """
    query = call.query(ViralStatsQuery)
    with call.transaction() as tx:
        return Reply(200, service.get_stats(tx, query, call.now))
