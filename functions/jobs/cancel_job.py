"""DELETE /api/crm/jobs/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.jobs import repository


@endpoint(answers={204: None})
def cancel_job(call: Call) -> Reply:
    """DELETE /api/crm/jobs/{id}

    Cancel a job; what it did before stays. One that has ended stays as it is.
    """
    with call.transaction() as tx:
        repository.cancel(tx, repository.get(tx, call.uuid("id")).id)
    return Reply(204)
