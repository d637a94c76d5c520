"""The tools that write about people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.contacts import editing
from shared.contacts import repository as contacts
from shared.contacts.merging import comparing
from shared.contacts.models import ContactCreate, ContactPatch
from shared.errors import BadRequest
from shared.interactions import service as interactions
from shared.interactions.models import InteractionCreate
from shared.mcp.people import named, resolve, shorten
from shared.mcp.texts import clean
from shared.models import validated

if TYPE_CHECKING:
    from uuid import UUID

    from shared.mcp.context import Context

Arguments = dict[str, Any]
_SHOWN = ("id", "name", "title", "company", "email", "location", "linkedin_url", "phones", "tags")
_NOTE = 5_000


def add_note(context: Context, arguments: Arguments) -> Arguments:
    """Add a dated note."""
    person_id = _person(context, arguments)
    text = f"{context.now:%Y-%m-%d}: {clean(arguments['text'], _NOTE)}"
    with context.cache.changing_contact(context.user_id, person_id), context.change("update_contact") as tx:
        contacts.lock_contact(tx, person_id)
        contact = json.loads(contacts.get_contact(tx, person_id))
        notes = f"{contact['notes']}\n\n{text}" if contact["notes"] else text
        editing.update_contact(tx, person_id, _patch({"notes": notes}), _unchecked)
        return {"person": shorten(tx, named(contact)), "note": text}


def log_interaction(context: Context, arguments: Arguments) -> Arguments:
    """Record a contact with a person."""
    person_id = _person(context, arguments)
    at = arguments.get("at") or context.now.replace(second=0, microsecond=0).isoformat()
    document = {"kind": arguments["kind"], "at": at, "direction": arguments.get("direction", "both")}
    interaction = validated(InteractionCreate, json.dumps(document).encode())
    context.cache.note_write(context.user_id)
    with context.change("add_interaction") as tx:
        text, added, _ = interactions.add_interaction(tx, person_id, interaction, context.now, "program")
        tie = json.loads(text)
        person = shorten(tx, named(json.loads(contacts.get_contact(tx, person_id))))
    return {
        "person": person,
        "added": added,
        "strength": round(tie["strength"] or 0, 3),
        "sentence": clean(tie["sentence"]),
    }


def add_person(context: Context, arguments: Arguments) -> Arguments:
    """Add a person, or answer the one who is there."""
    fields = validated(ContactCreate, json.dumps({**_fields(arguments), "enrich": False}).encode())
    context.cache.note_write(context.user_id)
    with context.change("create_contact") as tx:
        contact_id, contact, created = editing.create_contact(tx, fields)
        if created:
            comparing.ask(tx)
        context.about(str(contact_id))
        return {"person": shorten(tx, named(json.loads(contact))), "created": created}


def update_person(context: Context, arguments: Arguments) -> Arguments:
    """Change fields of a person."""
    fields = _fields(arguments)
    if not fields:
        raise BadRequest("say what to change: name, email, company, title, location, linkedin_url, phone or tags")
    patch = _patch(fields)
    person_id = _person(context, arguments)
    with context.cache.changing_contact(context.user_id, person_id), context.change("update_contact") as tx:
        changed = json.loads(editing.update_contact(tx, person_id, patch, _unchecked))
        if not patch.model_fields_set.isdisjoint(comparing.FIELDS):
            comparing.ask(tx)
        return {"person": shorten(tx, {key: changed[key] for key in _SHOWN})}


def _person(context: Context, arguments: Arguments) -> UUID:
    with context.read() as tx:
        person_id = resolve(tx, arguments["person"])
    context.about(str(person_id))
    return person_id


def _fields(arguments: Arguments) -> Arguments:
    fields = {key: value for key, value in arguments.items() if key not in {"person", "phone"}}
    return fields | ({"phones": [arguments["phone"]]} if "phone" in arguments else {})


def _patch(fields: Arguments) -> ContactPatch:
    return validated(ContactPatch, json.dumps(fields).encode())


def _unchecked(_: str) -> None:
    """A model has no ETag to compare."""
