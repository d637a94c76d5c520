"""Interactions with contacts, and the strength that follows from them (docs/strength.md)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from shared.errors import Conflict, FieldError, ValidationFailed
from shared.interactions import repository
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from shared.interactions.models import InteractionCreate, InteractionPatch
    from shared.interactions.parameters import Recorder
    from shared.interactions.repository import Recorded
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# How far a client's clock may be ahead of the server's.
CLOCK_SKEW = timedelta(minutes=5)
_LATEST = (datetime(9999, 1, 1, tzinfo=UTC), "~", "~")  # sorts after every kind and direction


def add_interaction(
    tx: Session, contact_id: UUID, interaction: InteractionCreate, now: datetime, source: Recorder = "hand"
) -> tuple[str, bool, UUID]:
    """Record an interaction and compute the strength again.

    A note on one that is recorded already takes the place of its note.

    Args:
        tx: a transaction.
        contact_id: the contact.
        interaction: what it was.
        now: the present time.
        source: who records it.

    Returns:
        The strength as JSON, whether the interaction is new, and its id.

    Raises:
        NotFound: the user has no such contact.
        Conflict: the contact is the self contact.
        ValidationFailed: the time lies in the future, or before `EARLIEST`.
    """
    _check_time(interaction.at, now)
    number, is_self = repository.hold_contact(tx, contact_id)
    if is_self:
        raise Conflict("this contact is you; note interactions with others")
    added = repository.add_interaction(tx, number, interaction)
    if added or interaction.note is not None:
        repository.add_details(tx, number, interaction, source)
    place = (interaction.at, interaction.kind, interaction.direction)
    return repository.get_strength(tx, contact_id), added, repository.find_id(tx, contact_id, number, place)


def get_interaction(tx: Session, contact_id: UUID, interaction_id: UUID) -> str:
    """An interaction, as the API answers it.

    Raises:
        NotFound: the user has no such contact, or it has no such interaction.
    """
    return _answer(interaction_id, repository.find_interaction(tx, contact_id, interaction_id))


def update_interaction(
    tx: Session,
    contact_id: UUID,
    interaction_id: UUID,
    patch: InteractionPatch,
    check: Callable[[str], None],
    *,
    now: datetime,
) -> str:
    """Correct an interaction; its id stays, and the strength of the tie follows.

    Args:
        tx: a transaction.
        contact_id: the contact.
        interaction_id: the interaction.
        patch: the changes.
        check: called with the present document; raises when the caller knows another version of it.
        now: the present time.

    Raises:
        NotFound: the user has no such contact, or it has no such interaction.
        ValidationFailed: the time lies in the future, or before `EARLIEST`, or a field other than the note is null.
        Conflict: another interaction of the contact is recorded with this time, kind and direction.
    """
    repository.hold_contact(tx, contact_id)
    was = repository.find_interaction(tx, contact_id, interaction_id)
    check(_answer(interaction_id, was))
    given = patch.model_dump(exclude_unset=True)
    for name, value in given.items():
        if value is None and name != "note":
            raise ValidationFailed([FieldError(name, "cannot be null; delete the interaction instead")])
    became = was._replace(**given)
    if became.at != was.at:
        _check_time(became.at, now)
    if became != was and not repository.correct(tx, interaction_id, was, became):
        raise Conflict("another interaction with this contact is recorded with the same time, kind and direction")
    return _answer(interaction_id, became)


def delete_interaction(tx: Session, contact_id: UUID, interaction_id: UUID) -> None:
    """Remove an interaction; the strength of the tie follows.

    Raises:
        NotFound: the user has no such contact, or it has no such interaction.
    """
    repository.hold_contact(tx, contact_id)
    repository.remove(tx, repository.find_interaction(tx, contact_id, interaction_id))


def _check_time(at: datetime, now: datetime) -> None:
    if not EARLIEST <= at <= now + CLOCK_SKEW:
        raise ValidationFailed([FieldError("at", f"lies in the future or before {EARLIEST.year}")])


def _answer(interaction_id: UUID, recorded: Recorded) -> str:
    return json.dumps({
        "id": str(interaction_id), "at": recorded.at.astimezone(UTC).isoformat(), "kind": recorded.kind,
        "direction": recorded.direction, "source": recorded.source, "note": recorded.note,
    })  # fmt: skip


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
