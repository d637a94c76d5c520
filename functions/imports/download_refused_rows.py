"""GET /api/crm/imports/{id}/refused"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.imports import service


@endpoint(answers={200: "text/csv"})
def download_refused_rows(call: Call) -> Reply:
    """GET /api/crm/imports/{id}/refused

    Download the refused rows of an import as CSV, each with the reason, to mend them and import the file again.
    """
    with call.read() as tx:
        job = service.get(tx, call.uuid("id"))
    headers = {"Content-Disposition": f'attachment; filename="refused-rows-{job.created_at:%Y-%m-%d}.csv"'}
    return Reply(200, service.refused_rows(call.read, job), content_type="text/csv; charset=utf-8", headers=headers)
