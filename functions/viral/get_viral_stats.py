"""GET /api/crm/viral/stats"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.viral import service
from shared.viral.parameters import ViralStatsQuery


@endpoint(answers={200: "ViralStats"})
def get_viral_stats(call: Call) -> Reply:
    """GET /api/crm/viral/stats

    Metrics of growth: yours, by day. For the operators of the installation also everyone's, by weekly cohort and with a projection.
    """
    query = call.query(ViralStatsQuery)
    with call.transaction() as tx:
        return Reply(200, service.get_stats(tx, query, deps().settings.operators, call.now))
