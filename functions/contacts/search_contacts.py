"""GET /api/crm/contacts/search"""

from __future__ import annotations

from shared.contacts import service
from shared.contacts.parameters import ContactSearchQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "ContactSearchResult"})
def search_contacts(call: Call) -> Reply:
    """GET /api/crm/contacts/search

    Search contacts while the user types: the best matches, by beginnings of words, whatever accents, case and small typos.
    """
    query = call.query(ContactSearchQuery)
    with call.read() as tx:
        return Reply(200, service.search_contacts(tx, query))
