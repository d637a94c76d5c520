"""PATCH /api/crm/contacts/{id}/notes/{note_id}"""

from __future__ import annotations

from shared.contacts import editing
from shared.contacts.models import ContactPatch
from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.notes import repository, service
from shared.notes.models import NotePatch


@endpoint(answers={200: "Note"})
def update_note(call: Call) -> Reply:
    """PATCH /api/crm/contacts/{id}/notes/{note_id}

    Change a note by a JSON merge patch. Under the contact's own id it is the text of the field `notes`.
    """
    contact_id, note_id = call.uuid("id"), call.uuid("note_id")
    body = call.body(NotePatch, media_types=("application/merge-patch+json", "application/json"))
    if note_id == contact_id:
        patch = ContactPatch(notes=service.first_note_patch(body))
        with call.changing_contact(contact_id), call.transaction() as tx:
            call.check_if_match(repository.get_note(tx, contact_id, note_id))
            editing.update_contact(tx, contact_id, patch, lambda _: None)
            document = repository.get_note(tx, contact_id, note_id)
    else:
        call.cache.note_write(call.user_id)
        with call.transaction() as tx:
            document = service.update_note(tx, contact_id, note_id, body, call.check_if_match)
    return Reply(200, document, etag=etag_of(document))
