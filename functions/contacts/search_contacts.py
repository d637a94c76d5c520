"""GET /api/crm/contacts/search"""

from __future__ import annotations

from shared.contacts import service
from shared.contacts.parameters import ContactSearchQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "ContactSearchResult"})
def search_contacts(call: Call) -> Reply:
    """GET /api/crm/contacts/search

    The contacts that fit best, as one types: beginnings of words, accents, case and small typing errors forgiven.
    """
    query = call.query(ContactSearchQuery)
    with call.read() as tx:
        return Reply(200, service.search_contacts(tx, query))
