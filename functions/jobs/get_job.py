"""GET /api/crm/jobs/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.jobs import repository, service


@endpoint(answers={200: "Job"})
def get_job(call: Call) -> Reply:
    """GET /api/crm/jobs/{id}

    Show a job of any kind: how far it is, and what came out.
    """
    with call.read(latest=True) as tx:
        return Reply(200, service.describe(repository.get(tx, call.uuid("id"))))
