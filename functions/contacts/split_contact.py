"""POST /api/crm/contacts/{id}/split"""

from __future__ import annotations

from shared.contacts.merging import splitting
from shared.contacts.merging.models import SplitRequest
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={201: "SplitOutcome"})
def split_contact(call: Call) -> Reply:
    """POST /api/crm/contacts/{id}/split

    Move chosen facts of a contact that is two people to a new contact: addresses, phones, tags, fields, notes, ties and interactions.

    It is one operation, which can be undone. Ties that follow from interactions are computed again for both. The two are not listed as duplicates.
    """
    contact_id = call.uuid("id")
    request = call.body(SplitRequest)
    with call.changing_contacts(), call.transaction() as tx:
        outcome = splitting.split_contact(tx, contact_id, request)
    return Reply(201, outcome, headers={"Location": f"/api/crm/contacts/{outcome['new_contact']['id']}"})
