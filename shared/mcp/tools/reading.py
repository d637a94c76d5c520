"""The tools that read."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.contacts import repository as contacts
from shared.contacts import service as contact_lists
from shared.contacts.parameters import ContactListQuery, ContactSearchQuery
from shared.errors import BadRequest
from shared.mcp.people import brief, named, open_introductions_to, resolve, shorten, ties_to
from shared.mcp.texts import NOTE, OTHERS_NOTE, clean

if TYPE_CHECKING:
    from shared.mcp.context import Context
    from shared.plumbing.postgres.database import Session

Arguments = dict[str, Any]
OPEN = frozenset({"requested", "connector_accepted", "introduced"})
_FIELDS = "id,name,title,company,location,tags,is_self"
_RECENT, _MUTUAL = "5", 3
_MESSAGE = 150
# Fields of a contact that a brief leaves out.
_LEFT_OUT = frozenset({"id", "enrichment", "is_self", "updated_at", "notes", "source"})


def find_people(context: Context, arguments: Arguments) -> Arguments:
    """People by words and filters."""
    question, limit = arguments.get("query", "").strip(), arguments.get("limit", 10)
    asked = {
        name: [arguments[name]] for name in ("company", "title", "location", "tag", "cursor") if arguments.get(name)
    }
    asked |= {"limit": [str(limit)], "include_total": ["true"], "fields": [_FIELDS]}
    if arguments.get("known_only"):
        asked["known"] = ["true"]
    if "not_spoken_for_days" in arguments:
        before = context.now - timedelta(days=arguments["not_spoken_for_days"])
        asked["last_contact_before"] = [before.isoformat()]
    with context.read() as tx:
        if question:
            found = json.loads(contact_lists.search_contacts(tx, ContactSearchQuery.parse(asked | {"q": [question]})))
        else:
            found = json.loads(contact_lists.list_contacts(tx, ContactListQuery.parse(asked | {"sort": ["-strength"]})))
        people = _with_ties(tx, [item for item in found["items"] if not item["is_self"]])
        answer = {"total": found.get("total"), "people": people, "next": found.get("next_cursor")}
        return compact(tx, answer)


def list_going_cold(context: Context, arguments: Arguments) -> Arguments:
    """People whom the user knows and has not spoken to."""
    before = context.now - timedelta(days=arguments.get("days", 60))
    asked = {
        "known": ["true"], "last_contact_before": [before.isoformat()], "sort": ["-strength"], "fields": [_FIELDS],
        "limit": [str(arguments.get("limit", 10))], "include_total": ["true"],
    }  # fmt: skip
    with context.read() as tx:
        found = json.loads(contact_lists.list_contacts(tx, ContactListQuery.parse(asked)))
        people = _with_ties(tx, [item for item in found["items"] if not item["is_self"]])
        return compact(tx, {"total": found["total"], "people": people})


def get_person(context: Context, arguments: Arguments) -> Arguments:
    """Everything about one person."""
    from shared.graph import repository as graph  # noqa: PLC0415 - other tools do without
    from shared.interactions import repository as strengths  # noqa: PLC0415
    from shared.interactions import service as interactions  # noqa: PLC0415
    from shared.parameters import Page  # noqa: PLC0415

    with context.read() as tx:
        person_id = resolve(tx, arguments["person"])
        context.about(str(person_id))
        contact = json.loads(contacts.get_contact(tx, person_id))
        tie = json.loads(strengths.get_strength(tx, person_id))
        recent = json.loads(interactions.list_interactions(tx, person_id, Page.parse({"limit": [_RECENT]})))["items"]
        mutual = json.loads(graph.find_mutual(tx, None, person_id, _MUTUAL))
        asked = open_introductions_to(tx, person_id)
        paths = [] if tie["strength"] is not None else _paths(tx, person_id, None, 1, team=False)
        facts = {key: value for key, value in contact.items() if key not in _LEFT_OUT}
        answer = {
            "person": {"id": str(person_id), **facts, "uuid": str(person_id)},
            "tie": None
            if tie["strength"] is None
            else {"strength": _rounded(tie["strength"]), "sentence": tie["sentence"]},
            "recent": [{key: item[key] for key in ("kind", "at", "direction")} for item in recent],
            "mutual": {"total": mutual["total"], "strongest": [named(item["contact"]) for item in mutual["items"]]},
            "best_path": paths[0] if paths else None,
            "introductions": [
                {"introduction": str(row[0]), "status": row[1], "since": row[2].date().isoformat()} for row in asked
            ],
        }
        shown = compact(tx, answer)
        if notes := brief(contact["notes"], NOTE):
            shown["person"]["notes"] = notes
        return shown


def who_can_introduce(context: Context, arguments: Arguments) -> Arguments:
    """Paths to a person or a company."""
    if ("person" in arguments) == ("company" in arguments):
        raise BadRequest("say either person or company")
    wanted, team = arguments.get("paths", 3), arguments.get("through_team", False)
    with context.read() as tx:
        target_id = resolve(tx, arguments["person"]) if "person" in arguments else None
        target = None
        if target_id is not None:
            context.about(str(target_id))
            target = named(json.loads(contacts.get_contact(tx, target_id)))
        found = _paths(tx, target_id, arguments.get("company"), wanted + 1, team=team)
        direct = any(len(path["people"]) == 1 for path in found)
        paths = found if target is None else [path for path in found if len(path["people"]) > 1]
        return compact(tx, {"target": target, "known_directly": direct, "paths": paths[:wanted]})


def find_connectors(context: Context, arguments: Arguments) -> Arguments:
    """The contacts that lead to the most people."""
    from shared.graph import repository as graph  # noqa: PLC0415 - other tools do without

    with context.read() as tx:
        found = json.loads(graph.find_connectors(tx, arguments.get("company") or None, arguments.get("limit", 10)))
        connectors = [
            {**named(item["contact"]), "knows": item["knows"], "only_through_them": item["only_through_them"], "strength": _rounded(item["strength"])}
            for item in found["items"]
        ]  # fmt: skip
        return compact(tx, {"reached": found["reached"], "connectors": connectors})


def list_introductions(context: Context, arguments: Arguments) -> Arguments:
    """Introductions and where they stand."""
    from shared.introductions import service  # noqa: PLC0415 - other tools do without
    from shared.introductions.parameters import IntroductionListQuery  # noqa: PLC0415

    state, limit = arguments.get("state", "open"), arguments.get("limit", 10)
    with context.read() as tx:
        items = json.loads(service.list_introductions(tx, IntroductionListQuery.parse({"limit": ["100"]})))["items"]
        fit = [item for item in items if state == "all" or (item["status"] in OPEN) == (state == "open")]
        shown = [shown_introduction(item) for item in fit[:limit]]
        return compact(tx, {"total": len(fit), "introductions": shown})


def shown_introduction(item: dict[str, Any]) -> dict[str, Any]:
    """An introduction as a model reads it; notes of others stand apart."""
    shown = {key: item.get(key) for key in ("role", "status", "purpose", "waiting_for", "created_at")}
    notes = [
        {"from": step["name"], "answer": step["state"], "note": clean(step["note"], OTHERS_NOTE)}
        for step in item.get("steps") or []
        if step.get("note")
    ]
    return {
        "introduction": item["id"], **shown, "target": named(item["target"]), "through": [named(person) for person in (item.get("path") or [])[1:-1]],
        "message": clean(item["message"], _MESSAGE), "notes_by_others": notes,
    }  # fmt: skip


def _paths(tx: Session, to_id: UUID | None, company: str | None, wanted: int, *, team: bool) -> list[dict[str, Any]]:
    from shared.graph import service  # noqa: PLC0415 - other tools do without
    from shared.graph.parameters import PathQuery  # noqa: PLC0415

    asked = {"max_hops": ["4"], "alternatives": [str(wanted - 1)], "mode": ["strongest"]}
    asked |= {"to": [str(to_id)]} if to_id else {"to_company": [company or ""]}
    if team:
        asked["through_team"] = ["true"]
    return [_told(path) for path in json.loads(service.find_paths(tx, PathQuery.parse(asked)))["paths"]]


def _told(path: dict[str, Any]) -> dict[str, Any]:
    people = [named(person) for person in path["contacts"][1:]]
    ties = f"{path['hops']} {'tie' if path['hops'] == 1 else 'ties'}"
    told = {
        "people": people,
        "strengths": [_rounded(each) for each in path["strengths"]],
        "strength": _rounded(path["strength"]),
    }
    told["summary"] = f"{ties}, {path['strength']:.0%} warm"
    return told | ({"colleague": path["colleague"]} if path.get("colleague") else {})


def _with_ties(tx: Session, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [UUID(item["id"]) for item in items]
    ties = ties_to(tx, ids)
    people = []
    for contact_id, item in zip(ids, items, strict=True):
        strength, last_at = ties.get(contact_id, (None, None))
        last = {"last_contact": last_at.date().isoformat()} if last_at else {}
        people.append(
            {**named(item), "location": item["location"], "tags": item["tags"], "strength": _rounded(strength), **last}
        )
    return people


def _rounded(strength: float | None) -> float | None:
    return None if strength is None else round(strength, 3)


def compact(tx: Session, document: Arguments) -> Arguments:
    """Return an answer with short ids, and without what says nothing."""
    made: Arguments = _without_nothing(shorten(tx, document))
    return made


def _without_nothing(document: Any) -> Any:
    """Leave out members that are null or empty: each costs a reader something and says nothing."""
    if isinstance(document, list):
        return [_without_nothing(item) for item in document]
    if not isinstance(document, dict):
        return document
    kept = {"people", "paths", "connectors", "introductions"}
    return {
        key: _without_nothing(item)
        for key, item in document.items()
        if item not in (None, "", [], {}) or (key in kept and item == [])
    }
