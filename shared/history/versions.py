"""The history of one contact, told backwards from the present: what each change made of which field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.errors import NotFound
from shared.history import repository
from shared.paging import decode_cursor, encode_cursor

if TYPE_CHECKING:
    from uuid import UUID

    from shared.history.repository import ContactChange
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session

# Fields that follow from others, or that people do not write.
_INNER = frozenset({"linkedin_slug", "source_uid", "enrichment", "created_at", "id", "updated_at", "merged_into"})
_DID = {"i": "created", "u": "updated", "d": "deleted", "m": "merged"}


def contact_history(tx: Session, contact_id: UUID, query: Page) -> dict[str, Any]:
    """A page of the changes of a contact, newest first, as the API answers it.

    Raises:
        NotFound: there is no such contact, not in the trash either.
    """
    before = None if query.cursor is None else int(decode_cursor(query.cursor, int)[0])
    versions = [version for version, _ in _versions(tx, contact_id)]
    rest = [version for version in versions if before is None or version["id"] < before]
    page = rest[: query.limit]
    return {"items": page, "next_cursor": encode_cursor(page[-1]["id"]) if len(rest) > len(page) else None}


def old_contact(tx: Session, contact_id: UUID, version: int) -> dict[str, Any]:
    """A contact as it was after one of its changes.

    Raises:
        NotFound: there is no such contact, or no such change of it.
    """
    for found, state in _versions(tx, contact_id):
        if found["id"] == version:
            fields = {name: value for name, value in (state or {}).items() if name not in _INNER}
            return {"contact_id": str(contact_id), "version": version, "at": found["at"], "fields": fields}
    raise NotFound(f"this contact has no version {version}")


def _versions(tx: Session, contact_id: UUID) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each change as the API answers it, newest first, and the contact after it; None where it was deleted by it."""
    state = repository.present_fields(tx, contact_id)
    changes = repository.contact_changes(tx, contact_id)
    if state is None and not changes:
        raise NotFound(f"no contact has the id {contact_id}, not in the trash either")
    told = []
    for place, change in enumerate(changes):
        if change.subject is not None:
            continue
        fields = _fields(change, state)
        if change.did != "u" or fields:
            earlier = any(older.did in {"d", "m"} for older in changes[place + 1 :] if older.subject is None)
            did = "restored" if change.did == "i" and earlier else _DID[change.did]
            told.append(({"id": change.no, "did": did, **change.operation, "fields": fields}, state))
        state = _before(change, state)
    return told


def _fields(change: ContactChange, state: dict[str, Any] | None) -> list[dict[str, Any]]:
    if change.did != "u":
        return []
    return [
        {"field": name, "before": value, "after": (state or {}).get(name)}
        for name, value in change.before.items()
        if name not in _INNER
    ]


def _before(change: ContactChange, state: dict[str, Any] | None) -> dict[str, Any] | None:
    if change.did == "u":
        return {**(state or {}), **change.before}
    return None if change.did == "i" else change.before
