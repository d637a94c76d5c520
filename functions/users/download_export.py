"""GET /api/crm/users/me/exports/{id}"""

from __future__ import annotations

from itertools import chain

from shared.edge.web import Call, Reply, endpoint
from shared.errors import NotFound
from shared.jobs import repository as jobs
from shared.users import exporting


@endpoint(answers={200: "application/zip"})
def download_export(call: Call) -> Reply:
    """GET /api/crm/users/me/exports/{id}

    Download an export of everything; the id is that of its job.
    """
    with call.read() as tx:
        job = jobs.get(tx, call.uuid("id"), kind=exporting.KIND)
    if job.status != jobs.DONE:
        raise NotFound("this export is not finished: ask for its job")
    call.note_reading()
    # The first chunk is read before the status is sent, so that an export that is gone can still be answered so.
    chunks = exporting.archive(call.read, job)
    headers = {"Content-Disposition": f'attachment; filename="warmpath-{job.created_at:%Y-%m-%d}.zip"'}
    return Reply(200, chain([next(chunks)], chunks), content_type="application/zip", headers=headers)
