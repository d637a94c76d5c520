"""Interactions with contacts, and the strength that follows from them (docs/strength.md)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from shared.errors import Conflict, FieldError, ValidationFailed
from shared.interactions import repository
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from uuid import UUID

    from shared.interactions.models import InteractionCreate
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# How far a client's clock may be ahead of the server's.
CLOCK_SKEW = timedelta(minutes=5)
_LATEST = (datetime(9999, 1, 1, tzinfo=UTC), "~", "~")  # sorts after every kind and direction


def add_interaction(tx: Session, contact_id: UUID, interaction: InteractionCreate, now: datetime) -> tuple[str, bool]:
    """Record an interaction and compute the strength again; return the strength as JSON, and whether the interaction is new.

    Raises:
        NotFound: the user has no such contact.
        Conflict: the contact is the self contact.
        ValidationFailed: the time lies in the future, or before `EARLIEST`.
    """
    if not EARLIEST <= interaction.at <= now + CLOCK_SKEW:
        raise ValidationFailed([FieldError("at", f"lies in the future or before {EARLIEST.year}")])
    number, is_self = repository.hold_contact(tx, contact_id)
    if is_self:
        raise Conflict("this contact is you; note interactions with others")
    added = repository.add_interaction(tx, number, interaction)
    return repository.get_strength(tx, contact_id), added


def list_interactions(tx: Session, contact_id: UUID, query: Page) -> str:
    """A page of the interactions with a contact, newest first, as the API answers it.

    Raises:
        NotFound: the user has no such contact.
    """
    before = _LATEST
    if query.cursor is not None:
        at, kind, direction = decode_cursor(query.cursor, datetime, str, str)
        before = (at, kind, direction)
    page = repository.list_interactions(tx, contact_id, before, query.limit)
    next_cursor = encode_cursor(page.next[0].isoformat(), *page.next[1:]) if page.next else None
    return json_page(page.items, next_cursor)
