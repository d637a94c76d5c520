"""From what a model writes to one person, and from contacts to what a model reads."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.errors import NotFound, quoted
from shared.mcp.context import Ambiguous
from shared.mcp.texts import clean, cleaned
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

MOST_CANDIDATES = 10
_NUMBER = re.compile(r"p([0-9]{1,9})")
_SHOWN = ("id", "name", "title", "company")


def resolve(tx: Session, who: str) -> UUID:
    """Find the one person that an id, an address or a full name means. Nobody is ever guessed.

    Raises:
        NotFound: nobody is meant.
        Ambiguous: several may be; names those.
    """
    who = who.strip()
    number = _NUMBER.fullmatch(who)
    if number:
        found: UUID | None = tx.value(QUERIES.contact_by_number, user_id=tx.user_id, no=int(number[1]))
        if found is None:
            raise NotFound(f"nobody has the id {who}")
        return found
    try:
        return UUID(who)
    except ValueError:
        pass
    exact = _by_address(tx, who) if "@" in who else _by_name(tx, who)
    if len(exact) == 1:
        return UUID(exact[0]["id"])
    near = exact or search(tx, who, MOST_CANDIDATES)
    if not near:
        raise NotFound(f"nobody in the address book is called {quoted(who)}")
    told = (
        f"{len(near)} people fit {quoted(who)}" if exact else f"nobody is called exactly {quoted(who)}; these come near"
    )
    raise Ambiguous(f"{told}: name one by the id", shorten(tx, near))


def search(tx: Session, question: str, most: int) -> list[dict[str, Any]]:
    """The people that answer a question, the best match first, without the user."""
    from shared.contacts import service  # noqa: PLC0415 - the list of tools does without
    from shared.contacts.parameters import ContactSearchQuery  # noqa: PLC0415

    query = ContactSearchQuery.parse({"q": [question[:500]], "limit": [str(most + 1)]})
    found = json.loads(service.search_contacts(tx, query))["items"]
    return [named(item) for item in found if not item["is_self"]][:most]


def named(contact: dict[str, Any]) -> dict[str, Any]:
    """What names a contact."""
    return {key: contact.get(key) for key in _SHOWN}


def shorten(tx: Session, document: Any) -> Any:
    """Clean a document, and give every contact in it its short id."""
    ids = [UUID(text) for text in _ids(document)]
    numbers = (
        {str(contact_id): f"p{no}" for contact_id, no in tx.many(QUERIES.numbers_of, user_id=tx.user_id, ids=ids)}
        if ids
        else {}
    )
    return cleaned(_replaced(document, numbers))


def _ids(document: Any) -> Iterable[str]:
    if isinstance(document, list):
        for item in document:
            yield from _ids(item)
    elif isinstance(document, dict):
        if isinstance(document.get("id"), str) and "name" in document:
            yield document["id"]
        for item in document.values():
            yield from _ids(item)


def _replaced(document: Any, numbers: dict[str, str]) -> Any:
    if isinstance(document, list):
        return [_replaced(item, numbers) for item in document]
    if not isinstance(document, dict):
        return document
    made = {key: _replaced(item, numbers) for key, item in document.items()}
    if isinstance(made.get("id"), str) and "name" in made:
        made["id"] = numbers.get(made["id"], made["id"])
    return made


def _by_address(tx: Session, address: str) -> list[dict[str, Any]]:
    from shared.contacts import service  # noqa: PLC0415 - as above
    from shared.contacts.parameters import ContactListQuery  # noqa: PLC0415

    query = ContactListQuery.parse({"email": [address[:320]], "limit": [str(MOST_CANDIDATES)]})
    return [named(item) for item in json.loads(service.list_contacts(tx, query))["items"] if not item["is_self"]]


def _by_name(tx: Session, name: str) -> list[dict[str, Any]]:
    rows = tx.many(QUERIES.contacts_by_name, user_id=tx.user_id, name=name, most=MOST_CANDIDATES)
    return [{"id": str(row[0]), "name": row[1], "title": row[2], "company": row[3]} for row in rows]


def ties_to(tx: Session, ids: list[UUID]) -> dict[UUID, tuple[float | None, datetime | None]]:
    """How well the user knows some contacts now, and when they last spoke."""
    return {row[0]: (row[1], row[2]) for row in tx.many(QUERIES.ties_to, user_id=tx.user_id, ids=ids)} if ids else {}


def open_introductions_to(tx: Session, person_id: UUID) -> list[tuple[UUID, str, datetime]]:
    """The latest introductions to a contact that are under way: id, status and time."""
    rows = tx.many(QUERIES.open_introductions_to, user_id=tx.user_id, id=person_id)
    return [(row[0], row[1], row[2]) for row in rows]


def brief(text: str | None, most: int) -> str | None:
    """A text cut to `most` characters; None for none."""
    return clean(text, most) if text else None
