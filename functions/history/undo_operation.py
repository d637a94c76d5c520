"""POST /api/crm/operations/{id}/undo"""

from __future__ import annotations

from shared.contacts.merging import comparing
from shared.edge.web import Call, Reply, endpoint
from shared.history import service
from shared.history.models import UndoRequest
from shared.history.parameters import UndoQuery
from shared.history.work import queue_undo, rows_of_ended
from shared.jobs.service import describe

# More rows are the work of a job.
AT_ONCE = 1000
# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 270


@endpoint(answers={200: "UndoOutcome", 202: "jobs.Job"})
def undo_operation(call: Call) -> Reply:
    """POST /api/crm/operations/{id}/undo

    Take an operation back at any later time, all of it or nothing: what was changed since stays as it is and is listed.

    With `dry_run`, in the body or the query string, the outcome is answered and nothing is changed. An undo is an operation itself and can be undone. An operation
    of more than 1,000 rows is taken back by a job: 202, and the outcome is the job's `result`. While a job makes the operation still, 409.
    """
    operation_id, dry_run = call.uuid("id"), call.body(UndoRequest).dry_run or call.query(UndoQuery).dry_run
    if dry_run:
        with call.trial(timeout_s=TIMEOUT_S) as tx:
            rows_of_ended(tx, operation_id)
            return Reply(200, service.undo_operation(tx, operation_id, dry_run=True))
    with call.transaction() as tx:
        if (rows := rows_of_ended(tx, operation_id)) > AT_ONCE:
            job = describe(queue_undo(tx, operation_id, rows))
            return Reply(202, job, headers={"Location": f"/api/crm/jobs/{job['id']}"})
    with call.changing_contacts(), call.transaction(timeout_s=TIMEOUT_S) as tx:
        outcome = service.undo_operation(tx, operation_id, dry_run=False)
        comparing.ask(tx)
        return Reply(200, outcome)
