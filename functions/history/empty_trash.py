"""DELETE /api/crm/contacts/trash"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.history import repository
from shared.history.work import queue_emptying
from shared.jobs.service import describe

# More contacts are the work of a job.
AT_ONCE = 1000


@endpoint(answers={200: "EmptiedTrash", 202: "jobs.Job"})
def empty_trash(call: Call) -> Reply:
    """DELETE /api/crm/contacts/trash

    Delete all contacts of the trash for good: nothing of them is left, in the journal either, and no undo brings them back.

    More than 1,000 are deleted by a job: 202, and the number is in its `result`. Contacts that are deleted meanwhile stay in it.
    """
    with call.transaction() as tx:
        ids = repository.list_trashed(tx, AT_ONCE + 1)
        if len(ids) > AT_ONCE:
            job = describe(queue_emptying(tx))
            return Reply(202, job, headers={"Location": f"/api/crm/jobs/{job['id']}"})
        return Reply(200, {"forgotten": repository.forget_trashed(tx, ids)})
