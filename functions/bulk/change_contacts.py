"""POST /api/crm/contacts/bulk"""

from __future__ import annotations

from shared.bulk import service, work
from shared.bulk.models import BulkChange
from shared.contacts.filters import read_filter
from shared.contacts.service import checked_filters
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.enrichment.providers.catalog import cheapest_cost
from shared.jobs.service import describe
from shared.plumbing.postgres.origin import acting, origin


@endpoint(answers={200: "BulkOutcome", 202: "jobs.Job"})
def change_contacts(call: Call) -> Reply:
    """POST /api/crm/contacts/bulk

    Tag, untag, set, delete, restore, enrich or hide many contacts at once, named by ids or by the filters of the list.

    It is one operation with one undo; contacts that cannot have the change are passed over and listed in `failed`. More than 1,000 contacts
    are the work of a job: 202, with the outcome as its `result`. A cancelled job leaves what it did, which the operation of its id undoes.
    """
    request = call.body(BulkChange)
    change = service.Change.of(request)
    query = None if request.filter is None else read_filter(request.filter)
    with acting(call.function.name, origin().actor, details=change.details):
        with call.transaction() as tx:
            filters = None if query is None else checked_filters(tx, query, "filter.")
            change = service.checked(tx, change, cheapest_cost(deps().waterfall) if change.action == "enrich" else 0)
            ids = work.choose(tx, request, filters, service.AT_ONCE + 1)
            if len(ids) > service.AT_ONCE:
                job = describe(work.queue_change(tx, change, work.choose(tx, request, filters, work.ALL)))
                return Reply(202, job, headers={"Location": f"/api/crm/jobs/{job['id']}"})
        with call.changing_contacts(), call.transaction() as tx:
            outcome = service.apply(tx, change, ids, call.now)
            return Reply(200, outcome.described(change, tx.operation_id))
