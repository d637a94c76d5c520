"""PUT /api/crm/contacts/{id}"""

from __future__ import annotations

from shared.contacts import editing
from shared.contacts.merging import comparing
from shared.contacts.models import ContactReplace
from shared.edge.web import Call, Reply, endpoint, etag_of


@endpoint(answers={200: "Contact"})
def replace_contact(call: Call) -> Reply:
    """PUT /api/crm/contacts/{id}

    Replace every editable field of a contact; a field that is left out becomes empty. The document of a GET may be sent
    back: fields that cannot be written are ignored where they are unchanged, and refused where they are not. With
    `If-None-Match: *` an existing contact is answered with 412.
    """
    contact_id = call.uuid("id")
    fields = call.body(ContactReplace)
    with call.changing_contact(contact_id), call.transaction() as tx:
        contact = editing.replace_contact(tx, contact_id, fields, call.check_if_match)
        comparing.ask(tx)
    return Reply(200, contact, etag=etag_of(contact))
