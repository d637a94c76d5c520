"""POST /api/crm/contacts/{id}/restore"""

from __future__ import annotations

from shared.contacts import repository
from shared.contacts.merging import comparing
from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.history import service


@endpoint(answers={200: "contacts.Contact"})
def restore_contact(call: Call) -> Reply:
    """POST /api/crm/contacts/{id}/restore

    Bring a contact back from the trash, with its id, ties, interactions and notes.

    An e-mail that another contact has by now comes back as a further address. A contact that is there is answered unchanged.
    """
    contact_id = call.uuid("id")
    with call.changing_contact(contact_id), call.transaction() as tx:
        service.restore_contact(tx, contact_id)
        comparing.ask(tx)
        contact = repository.get_contact(tx, contact_id)
    return Reply(200, contact, etag=etag_of(contact))
