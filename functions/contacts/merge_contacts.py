"""POST /api/crm/contacts/merge"""

from __future__ import annotations

from shared.contacts.merging import service
from shared.contacts.merging.models import MergeRequest
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "MergeOutcome"})
def merge_contacts(call: Call) -> Reply:
    """POST /api/crm/contacts/merge

    Merge contacts that are one person: the first of `ids` is left with everything that all of them had.

    `conflicts` lists the values that did not become the contact's own; they are kept among its custom fields. The others' ids
    answer 410 with `merged_into` from then on. With `dry_run` the outcome is answered and nothing is changed; the operation
    can be undone.
    """
    request = call.body(MergeRequest)
    if request.dry_run:
        with call.trial() as tx:
            return Reply(200, service.merge_contacts(tx, request))
    with call.changing_contacts(), call.transaction() as tx:
        return Reply(200, service.merge_contacts(tx, request))
