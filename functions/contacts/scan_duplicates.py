"""POST /api/crm/contacts/duplicates/scan"""

from __future__ import annotations

from shared.contacts.merging import comparing, duplicates, repository
from shared.edge.web import Call, Reply, endpoint
from shared.jobs.service import describe

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 280


@endpoint(answers={200: "DuplicateList", 202: "jobs.Job"})
def scan_duplicates(call: Call) -> Reply:
    """POST /api/crm/contacts/duplicates/scan

    Compare all contacts with each other, and answer how many pairs may be one person.

    More than 20,000 contacts are compared by a job: 202, and the numbers are in its `result`. Contacts that are written afterwards are compared by
    themselves soon after.
    """
    with call.transaction(timeout_s=TIMEOUT_S) as tx:
        if repository.scan_state(tx).contacts > duplicates.SCANNED_AT_ONCE:
            job = describe(comparing.queue_scan(tx))
            return Reply(202, job, headers={"Location": f"/api/crm/jobs/{job['id']}"})
        return Reply(200, duplicates.scan(tx))
