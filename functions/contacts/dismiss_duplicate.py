"""POST /api/crm/contacts/duplicates/{id}/dismiss"""

from __future__ import annotations

from shared.contacts.merging import repository
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={204: None})
def dismiss_duplicate(call: Call) -> Reply:
    """POST /api/crm/contacts/duplicates/{id}/dismiss

    Say that the two contacts of a pair are two people: they are not listed again.
    """
    with call.transaction() as tx:
        repository.dismiss_duplicate(tx, call.uuid("id"))
    return Reply(204)
