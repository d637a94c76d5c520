"""POST /api/crm/contacts"""

from __future__ import annotations

from shared.contacts import service
from shared.contacts.models import ContactCreate
from shared.web import Call, Reply, endpoint, etag_of


@endpoint(answers={201: "Contact", 200: "Contact"})
def create_contact(call: Call) -> Reply:
    """POST /api/crm/contacts

    Adds a contact. One whose e-mail or LinkedIn profile is there already is answered with 200, unchanged.
    """
    fields = call.body(ContactCreate)
    with call.transaction() as tx:
        contact_id, contact, created = service.create_contact(tx, fields)
    location = {"Location": f"/api/crm/contacts/{contact_id}"}
    return Reply(201 if created else 200, contact, headers=location, etag=etag_of(contact))
