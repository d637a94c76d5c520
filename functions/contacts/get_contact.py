"""GET /api/crm/contacts/{id}"""

from __future__ import annotations

from shared.contacts import repository
from shared.contacts.documents import trimmed
from shared.edge.web import Call, Reply, endpoint, etag_of


@endpoint(answers={200: "Contact"}, limits_itself=True)
def get_contact(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}

    One contact.
    """
    contact: str | bytes
    contact_id, found = call.open_contact("id")
    if found.value is not None:
        contact = found.value
    else:
        # Read from the primary: a contact from a lagging replica would stay in the cache for an hour.
        with call.database.read(call.user_id) as tx:
            contact = repository.get_contact(tx, contact_id)
        call.cache.fill_contact(found, contact)
    if call.request.query_string:
        from shared.contacts.parameters import ContactQuery  # noqa: PLC0415 - most reads need no pydantic

        contact = trimmed(contact, call.query(ContactQuery).fields)
    return Reply(200, contact, etag=etag_of(contact))
