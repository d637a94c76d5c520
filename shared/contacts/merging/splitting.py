"""Split a contact that is two people: chosen facts go to a new contact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.contacts import repository as contacts
from shared.contacts.merging import repository
from shared.errors import Conflict, FieldError, ValidationFailed, quoted

if TYPE_CHECKING:
    from uuid import UUID

    from shared.contacts.merging.models import SplitRequest
    from shared.plumbing.postgres.database import Session


def split_contact(tx: Session, contact_id: UUID, request: SplitRequest) -> dict[str, Any]:
    """Move facts of a contact to a new one, as the API answers it.

    Raises:
        NotFound, MergedAway: the user has no such contact.
        Conflict: the contact is the self contact.
        ValidationFailed: the contact does not have a fact, or one of the two would be left without a name, an address and a profile.
    """
    if contacts.lock_contact(tx, contact_id):
        raise Conflict("this contact is you: it cannot be split")
    contact = json.loads(contacts.get_contact(tx, contact_id))
    facts = request.model_dump(mode="json")
    facts["emails"] = [email.lower() for email in request.emails]
    _check(contact, request, facts)
    ties = repository.list_tied(tx, contact_id, request.ties)
    faults = [
        FieldError(f"ties.{place}", f"no tie leads to or from {other}")
        for place, other in enumerate(request.ties)
        if other not in ties
    ]
    if not request.interactions:
        del facts["interactions"]
    elif (known := repository.count_interactions(tx, contact_id, facts["interactions"])) < len(request.interactions):
        faults.append(FieldError("interactions", f"only {known} of these are interactions of the contact"))
    notes = repository.list_notes_of(tx, contact_id, request.note_ids)
    faults.extend(
        FieldError(f"note_ids.{place}", f"the contact has no note {note}")
        for place, note in enumerate(request.note_ids)
        if note not in notes
    )
    if faults:
        raise ValidationFailed(faults)
    made = repository.split_contact(tx, contact_id, facts)
    return {
        "contact": json.loads(contacts.get_contact(tx, contact_id)),
        "new_contact": json.loads(contacts.get_contact(tx, made)),
        "operation_id": str(tx.operation_id),
    }


def _check(contact: dict[str, Any], request: SplitRequest, facts: dict[str, Any]) -> None:
    """Refuse facts that the contact does not have, and a contact that nothing is left of."""
    has: dict[str, set[str]] = {
        "emails": {email.lower() for email in contact["emails"]},
        "phones": set(contact["phones"]),
        "tags": set(contact["tags"]),
        "custom": set(contact["custom"]),
        "fields": {
            name for name in ("company", "title", "location", "linkedin_url", "birthday", "notes") if contact[name]
        },
    }
    faults = [
        FieldError(f"{name}.{place}", f"the contact has no {quoted(value)} there")
        for name, values in has.items()
        for place, value in enumerate(facts[name])
        if value not in values
    ]
    if not any(facts[name] for name in (*has, "ties", "interactions", "note_ids")):
        faults.append(FieldError("body", "names nothing that the new contact gets"))
    if not (request.name or request.emails or "linkedin_url" in request.fields):
        faults.append(FieldError("name", "the new contact needs a name, an e-mail or a LinkedIn profile"))
    keeps_key = has["emails"] - set(facts["emails"]) or (
        contact["linkedin_url"] and "linkedin_url" not in request.fields
    )
    if not contact["name"] and not keeps_key:
        faults.append(FieldError("emails", "the contact has no name, and needs one of its e-mails or its profile"))
    if faults:
        raise ValidationFailed(faults)
