"""PATCH /api/crm/contacts/{id}"""

from __future__ import annotations

from shared.contacts import editing
from shared.contacts.merging import comparing
from shared.contacts.models import ContactPatch
from shared.edge.web import Call, Reply, endpoint, etag_of


@endpoint(answers={200: "Contact"})
def update_contact(call: Call) -> Reply:
    """PATCH /api/crm/contacts/{id}

    Change some fields of a contact by a JSON merge patch (RFC 7396).
    """
    contact_id = call.uuid("id")
    patch = call.body(ContactPatch, media_types=("application/merge-patch+json", "application/json"))
    with call.changing_contact(contact_id), call.transaction() as tx:
        contact = editing.update_contact(tx, contact_id, patch, call.check_if_match)
        if not patch.model_fields_set.isdisjoint(comparing.FIELDS):
            comparing.ask(tx)
    return Reply(200, contact, etag=etag_of(contact))
