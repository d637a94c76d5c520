"""POST /api/crm/operations/{id}/undo"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.history import service
from shared.history.models import UndoRequest

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 270


@endpoint(answers={200: "UndoOutcome"})
def undo_operation(call: Call) -> Reply:
    """POST /api/crm/operations/{id}/undo

    Take an operation back at any later time, all of it or nothing: what was changed since stays as it is and is listed.

    With `dry_run` the outcome is answered and nothing is changed. An undo is an operation itself and can be undone.
    """
    operation_id, dry_run = call.uuid("id"), call.body(UndoRequest).dry_run
    if dry_run:
        with call.trial(timeout_s=TIMEOUT_S) as tx:
            return Reply(200, service.undo_operation(tx, operation_id, dry_run=True))
    with call.cache.changing_contacts(call.user_id), call.transaction(timeout_s=TIMEOUT_S) as tx:
        return Reply(200, service.undo_operation(tx, operation_id, dry_run=False))
