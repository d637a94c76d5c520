"""Interactions with contacts, and the strength that follows from them (docs/strength.md)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from shared.errors import Conflict, FieldError, NotFound, ValidationFailed
from shared.graph.repository import QUERIES, Merged, require_contact
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from shared.graph.models import InteractionCreate
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# How far another clock may be ahead of this one.
CLOCK_SKEW = timedelta(minutes=5)
_LATEST = (datetime(9999, 1, 1, tzinfo=UTC), "~", "~")  # behind every kind and direction


def add_interaction(tx: Session, contact_id: UUID, interaction: InteractionCreate, now: datetime) -> tuple[str, bool]:
    """Notes an interaction and computes the strength anew; returns the strength as JSON and whether this is news.

    Raises:
        NotFound: the user has no such contact.
        Conflict: it is the self contact.
        ValidationFailed: the time lies in the future, or long ago.
    """
    if not EARLIEST <= interaction.at <= now + CLOCK_SKEW:
        raise ValidationFailed([FieldError("at", f"lies in the future or before {EARLIEST.year}")])
    held = tx.one(QUERIES.hold_contact, user_id=tx.user_id, contact_id=contact_id)
    if held is None:
        raise NotFound("there is no contact of this id")
    number, is_self = held
    if is_self:
        raise Conflict("this contact is you; note interactions with others")
    added = tx.run(
        QUERIES.add_interaction,
        user_id=tx.user_id,
        contact_no=number,
        at=interaction.at,
        kind=interaction.kind,
        direction=interaction.direction,
    )
    if added:
        tx.run(QUERIES.compute_tie, contact_no=number)
    return get_strength(tx, contact_id), bool(added)


def get_strength(tx: Session, contact_id: UUID) -> str:
    """The strength between the user and a contact with its parts, as JSON.

    Raises:
        NotFound: the user has no such contact, or it is the self contact.
    """
    strength: str | None = tx.value(QUERIES.get_strength, user_id=tx.user_id, contact_id=contact_id)
    if strength is None:
        raise NotFound("there is no contact of this id, or it is you")
    return strength


def list_interactions(tx: Session, contact_id: UUID, query: Page) -> str:
    """A page of the interactions with a contact, newest first, as the API answers it.

    Raises:
        NotFound: the user has no such contact.
    """
    before = _LATEST
    if query.cursor is not None:
        at, kind, direction = decode_cursor(query.cursor, datetime, str, str)
        before = (at, kind, direction)
    row = tx.one(
        QUERIES.list_interactions,
        user_id=tx.user_id,
        contact_id=contact_id,
        before_at=before[0],
        before_kind=before[1],
        before_direction=before[2],
        limit=query.limit,
    )
    assert row is not None
    items, last_at, last_kind, last_direction, more = row
    if items == "[]":
        require_contact(tx, contact_id)
    return json_page(items, encode_cursor(last_at.isoformat(), last_kind, last_direction) if more else None)


def import_interactions(tx: Session, chunks: Iterable[bytes], *, by_id: bool, max_errors: int) -> Merged:
    """Merges rows in COPY form (line, contact, kind, at, direction) with the interactions that are there."""
    tx.run(QUERIES.begin_interaction_import)
    tx.copy_in(QUERIES.copy_imported_interactions, chunks)
    row = tx.one(QUERIES.merge_imported_interactions, by_id=by_id, max_errors=max_errors)
    assert row is not None
    created, unchanged, failed, errors = row
    return Merged(created=created, updated=0, unchanged=unchanged, failed=failed, errors=errors)
