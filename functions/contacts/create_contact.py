"""POST /api/crm/contacts"""

from __future__ import annotations

from contextlib import nullcontext

from shared.contacts import editing, repository
from shared.contacts.merging import comparing
from shared.contacts.models import ContactCreate
from shared.contacts.parameters import ContactCreateQuery
from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.enrichment.service import queue_contacts
from shared.plumbing.events.outbox import Priority


@endpoint(answers={201: "Contact", 200: "Contact"})
def create_contact(call: Call) -> Reply:
    """POST /api/crm/contacts

    Add a contact, and queue it for enrichment unless `enrich` is false.

    200 answers with a contact that has this e-mail or LinkedIn profile already, unchanged unless `on_conflict=update`; 409
    `shared_address` where that contact's name is clearly another person's, unless `on_conflict=return`.
    """
    query = call.query(ContactCreateQuery)
    fields = call.body(ContactCreate)
    # Creating changes no contact that the cache may hold.
    around = call.changing_contacts() if query.on_conflict == "update" else nullcontext()
    with around, call.transaction() as tx:
        contact_id, contact, created = editing.create_contact(tx, fields, query.on_conflict)
        if created:
            comparing.ask(tx)
        wanted = created and fields.enrich
        if wanted and queue_contacts(tx, [contact_id], priority=Priority.NORMAL):
            contact = repository.get_contact(tx, contact_id)
    location = {"Location": f"/api/crm/contacts/{contact_id}"}
    return Reply(201 if created else 200, contact, headers=location, etag=etag_of(contact))
