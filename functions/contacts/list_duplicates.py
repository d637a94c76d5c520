"""GET /api/crm/contacts/duplicates"""

from __future__ import annotations

from shared.contacts.merging import duplicates
from shared.contacts.parameters import DuplicateListQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "DuplicateList"})
def list_duplicates(call: Call) -> Reply:
    """GET /api/crm/contacts/duplicates

    List pairs of contacts that may be one person, the surest first, with the reasons; of one band where `band` is given.

    Up to 20,000 contacts are compared by this call where some changed; beyond that `scan.stale` says that
    `POST /contacts/duplicates/scan` may find other pairs.
    """
    query = call.query(DuplicateListQuery)
    with call.transaction() as tx:
        return Reply(200, duplicates.list_duplicates(tx, query))
