"""The tools that tidy an address book: duplicates, and deletion for good; and the resource of imports. What cannot be taken back is shown first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.contacts import repository as contacts
from shared.errors import BadRequest, Conflict
from shared.mcp import drafts
from shared.mcp.people import named, resolve, shorten

if TYPE_CHECKING:
    from shared.mcp.context import Context

Arguments = dict[str, Any]
_IMPORTS = "10"


def list_merge_suggestions(context: Context, arguments: Arguments) -> Arguments:
    """Pairs that may be one person."""
    from shared.contacts.merging import duplicates  # noqa: PLC0415 - other tools do without
    from shared.contacts.parameters import DuplicateListQuery  # noqa: PLC0415

    asked = {"limit": [str(arguments.get("limit", 10))]} | (
        {"band": [arguments["band"]]} if "band" in arguments else {}
    )
    with context.change("list_duplicates") as tx:
        found = duplicates.list_duplicates(tx, DuplicateListQuery.parse(asked))
        pairs = [
            {"people": [named(each) for each in pair["contacts"]], "band": pair["band"], "reasons": pair["reasons"]}
            for pair in found["items"]
        ]
        return {"pairs": shorten(tx, pairs)}


def merge_people(context: Context, arguments: Arguments) -> Arguments:
    """Show what a merge would do, or do what was shown."""
    from shared.contacts.merging import service  # noqa: PLC0415 - pydantic, which other tools do without
    from shared.contacts.merging.models import MergeRequest  # noqa: PLC0415
    from shared.models import validated  # noqa: PLC0415

    if "preview" in arguments:
        with context.cache.changing_contacts(context.user_id), context.change("merge_contacts") as tx:
            asked, outcome = drafts.take(tx, arguments["preview"], "merge", context.now)
            context.about(asked["ids"][0])
            if outcome is None:
                merged = service.merge_contacts(tx, validated(MergeRequest, json.dumps(asked).encode()))
                outcome = {"operation": merged["operation_id"]}
                drafts.end(tx, arguments["preview"], outcome)
            contact = json.loads(contacts.get_contact(tx, UUID(asked["ids"][0])))
            return {"merged": True, "person": shorten(tx, named(contact)), **outcome}
    if "people" not in arguments:
        raise BadRequest("say which people are one person, or the preview to go on with")
    with context.trial() as tx:
        ids = [str(resolve(tx, each)) for each in arguments["people"]]
        before = [named(json.loads(contacts.get_contact(tx, UUID(each)))) for each in ids]
        people = shorten(tx, before)
        request = validated(MergeRequest, json.dumps({"ids": ids}).encode())
        planned = service.merge_contacts(tx, request)
        shown = shorten(tx, {"would_become": _facts(planned["contact"]), "conflicts": planned["conflicts"]})
    with context.change("preview_merge") as tx:
        handle = drafts.keep(tx, "merge", {"ids": ids}, context.now)
    return {"merged": False, "preview": handle, "people": people, **shown}


def imports(context: Context) -> Arguments:
    """The last imports of files: how far they are, and what came out."""
    from shared.imports import service  # noqa: PLC0415 - other tools do without
    from shared.parameters import Page  # noqa: PLC0415

    with context.read() as tx:
        found = service.list_page(tx, Page.parse({"limit": [_IMPORTS]}))["items"]
        kept = ("kind", "filename", "status", "progress", "created_at", "ended_at", "problem")
        shown = [
            {key: str(each[key]) if key.endswith("_at") else each[key] for key in kept if each.get(key) is not None}
            for each in found
        ]
        return {"imports": shorten(tx, shown)}


def forget_person(context: Context, arguments: Arguments) -> Arguments:
    """Show who would be deleted for good, or delete whom was shown."""
    from shared.contacts import editing  # noqa: PLC0415 - pydantic, which other tools do without
    from shared.history import service as history  # noqa: PLC0415

    if "preview" in arguments:
        with context.cache.changing_contacts(context.user_id), context.change("forget_contact") as tx:
            asked, outcome = drafts.take(tx, arguments["preview"], "forget", context.now)
            person_id = UUID(asked["id"])
            context.about(asked["id"])
            if outcome is None:
                editing.delete_contact(tx, person_id, lambda _: None)
                history.forget_contact(tx, person_id)
                drafts.end(tx, arguments["preview"], {"forgotten": True})
        return {"forgotten": True}
    if "person" not in arguments:
        raise BadRequest("say who, or the preview to go on with")
    with context.read() as tx:
        person_id = resolve(tx, arguments["person"])
        context.about(str(person_id))
        contact = json.loads(contacts.get_contact(tx, person_id))
        if contact["is_self"]:
            raise Conflict("this is the user, who cannot be deleted here")
        person = shorten(tx, _facts(contact))
    with context.change("preview_forgetting") as tx:
        handle = drafts.keep(tx, "forget", {"id": str(person_id)}, context.now)
    return {"forgotten": False, "preview": handle, "person": person}


def _facts(contact: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "name", "title", "company", "emails", "phones", "location", "linkedin_url", "tags")
    return {key: contact[key] for key in kept if contact[key]}
