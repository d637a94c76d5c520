"""POST /api/crm/fields/{id}/promote"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.fields import repository, work
from shared.fields.models import Promotion
from shared.jobs.service import describe
from shared.plumbing.postgres.origin import acting, origin


@endpoint(answers={200: "PromotionOutcome", 202: "jobs.Job"})
def promote_field(call: Call) -> Reply:
    """POST /api/crm/fields/{id}/promote

    Make loose custom values those of a field, in the form of its kind; one operation with one undo.

    Values that do not fit are kept where they are and listed. More than 1,000 contacts are the work of a job.
    """
    field_id = call.uuid("id")
    name = call.body(Promotion).name
    with call.transaction() as tx:
        field = repository.lock_field(tx, field_id)
        name = field.key if name is None else name
        ids = work.choose(tx, name, work.AT_ONCE + 1)
        if len(ids) > work.AT_ONCE:
            job = describe(work.queue_promotion(tx, field, name))
            return Reply(202, job, headers={"Location": f"/api/crm/jobs/{job['id']}"})
    here = acting(call.function.name, origin().actor, details={"name": name})
    with here, call.changing_contacts(), call.transaction() as tx:
        field = repository.lock_field(tx, field_id)
        outcome = work.promote(tx, field, name, ids)
        return Reply(200, outcome.described(tx.operation_id))
