"""GET /api/crm/contacts"""

from __future__ import annotations

from shared.contacts import service
from shared.contacts.parameters import ContactListQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "ContactList"})
def list_contacts(call: Call) -> Reply:
    """GET /api/crm/contacts

    List contacts page by page, in one of four orders, with filters.
    """
    query = call.query(ContactListQuery)
    with call.read() as tx:
        return Reply(200, service.list_contacts(tx, query))
