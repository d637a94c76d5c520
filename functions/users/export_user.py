"""GET /api/crm/users/me/export"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.jobs.service import describe
from shared.users import exporting


@endpoint(answers={202: "jobs.Job"})
def export_user(call: Call) -> Reply:
    """GET /api/crm/users/me/export

    Have everything of your account written into a ZIP archive of JSON lines, by a job; its `result` has the address of the archive, which
    is kept for a week. An export that is under way is answered again.
    """
    with call.transaction() as tx:
        job = describe(exporting.queue_export(tx))
    return Reply(202, job, headers={"Location": f"/api/crm/jobs/{job['id']}"})
