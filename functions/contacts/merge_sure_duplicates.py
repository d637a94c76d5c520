"""POST /api/crm/contacts/duplicates/merge-sure"""

from __future__ import annotations

from shared.contacts.merging import duplicates, work
from shared.edge.web import Call, Reply, endpoint
from shared.jobs.service import describe

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@endpoint(answers={200: "SureMerge", 202: "jobs.Job"})
def merge_sure_duplicates(call: Call) -> Reply:
    """POST /api/crm/contacts/duplicates/merge-sure

    Merge the pairs of the band `sure`, in one operation that can be undone; `left` says how many could not be merged.

    More than 100 pairs are merged by a job: 202, and the outcome is the job's `result`. A cancelled job leaves what it merged, which the
    operation of its id undoes.
    """
    with call.transaction(timeout_s=TIMEOUT_S) as tx:
        if duplicates.are_many_sure(tx):
            job = describe(work.queue_merging(tx))
            return Reply(202, job, headers={"Location": f"/api/crm/jobs/{job['id']}"})
    with call.changing_contacts(), call.transaction(timeout_s=TIMEOUT_S) as tx:
        return Reply(200, duplicates.merge_sure(tx))
