"""The SQL side of interactions. Answers leave Postgres as JSON text and are passed on unparsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from shared.contacts.merging.repository import no_contact
from shared.errors import NotFound
from shared.imports.outcome import Merged
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from shared.interactions.models import InteractionCreate
    from shared.interactions.parameters import Recorder
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

Place = tuple["datetime", str, str]


class InteractionPage(NamedTuple):
    """A page of a list of interactions.

    Attributes:
        items: JSON array of interactions.
        next: time, kind and direction of the last one; None on the last page.
    """

    items: str
    next: Place | None


def hold_contact(tx: Session, contact_id: UUID) -> tuple[int, bool]:
    """Keep a contact from being deleted until the end of the transaction: return its number, and whether it is the self contact.

    Raises:
        NotFound: the user has no such contact.
    """
    held = tx.one(QUERIES.hold_contact, user_id=tx.user_id, contact_id=contact_id)
    if held is None:
        raise no_contact(tx, contact_id)
    number, is_self = held
    return number, is_self


def add_interaction(tx: Session, contact_no: int, interaction: InteractionCreate) -> bool:
    """Record an interaction and compute the strength of the tie again; return False where the interaction is stored already."""
    added = tx.run(
        QUERIES.add_interaction,
        user_id=tx.user_id,
        contact_no=contact_no,
        at=interaction.at,
        kind=interaction.kind,
        direction=interaction.direction,
    )
    if added:
        tx.run(QUERIES.compute_tie, contact_no=contact_no)
    return bool(added)


def add_details(tx: Session, contact_no: int, interaction: InteractionCreate, source: Recorder) -> None:
    """Note who recorded an interaction, and a note on it."""
    place = {"at": interaction.at, "kind": interaction.kind, "direction": interaction.direction}
    tx.run(
        QUERIES.add_details, user_id=tx.user_id, contact_no=contact_no, **place, id=uuid4(), source=source,
        note=interaction.note,
    )  # fmt: skip


def find_id(tx: Session, contact_id: UUID, contact_no: int, place: Place) -> UUID:
    """The id of an interaction that is recorded."""
    at, kind, direction = place
    found: UUID = tx.value(
        QUERIES.find_id, user_id=tx.user_id, contact_id=contact_id, contact_no=contact_no, at=at, kind=kind,
        direction=direction,
    )  # fmt: skip
    return found


class Recorded(NamedTuple):
    """An interaction as it is stored, with the number of its contact."""

    contact_no: int
    at: datetime
    kind: str
    direction: str
    source: Recorder | None
    note: str | None


def find_interaction(tx: Session, contact_id: UUID, interaction_id: UUID) -> Recorded:
    """An interaction of a contact.

    Raises:
        NotFound: the user has no such contact, or it has no such interaction.
    """
    row = tx.one(QUERIES.find_interaction, user_id=tx.user_id, contact_id=contact_id, id=interaction_id)
    if row is None:
        hold_contact(tx, contact_id)
        raise NotFound("the contact has no interaction with this id")
    return Recorded(*row)


def correct(tx: Session, interaction_id: UUID, was: Recorded, became: Recorded) -> bool:
    """Write an interaction as it really was; return False where another one is recorded so already."""
    no = was.contact_no
    if was[:4] != became[:4]:
        tx.run(QUERIES.remove_interaction, user_id=tx.user_id, **_key(was))
        if not tx.run(QUERIES.add_interaction, user_id=tx.user_id, **_key(became)):
            return False
    tx.run(
        QUERIES.write_details, user_id=tx.user_id, **_key(became), id=interaction_id, source=became.source,
        note=became.note,
    )  # fmt: skip
    if was[:4] != became[:4]:
        tx.run(QUERIES.renew_tie, contact_no=no)
    return True


def remove(tx: Session, recorded: Recorded) -> None:
    """Remove an interaction, and compute the strength of the tie again."""
    tx.run(QUERIES.remove_interaction, user_id=tx.user_id, **_key(recorded))
    tx.run(QUERIES.renew_tie, contact_no=recorded.contact_no)


def _key(recorded: Recorded) -> dict[str, Any]:
    return {
        "contact_no": recorded.contact_no,
        "at": recorded.at,
        "kind": recorded.kind,
        "direction": recorded.direction,
    }


def get_strength(tx: Session, contact_id: UUID) -> str:
    """The strength between the user and a contact with its parts, as JSON.

    Raises:
        NotFound: the user has no such contact.
    """
    strength: str | None = tx.value(QUERIES.get_strength, contact_id=contact_id)
    if strength is None:
        raise no_contact(tx, contact_id)
    return strength


def list_interactions(tx: Session, contact_id: UUID, before: Place, limit: int) -> InteractionPage:
    """A page of the interactions with a contact, newest first.

    Raises:
        NotFound: the user has no such contact.
    """
    row = tx.one(
        QUERIES.list_interactions,
        user_id=tx.user_id,
        contact_id=contact_id,
        before_at=before[0],
        before_kind=before[1],
        before_direction=before[2],
        limit=limit,
    )
    assert row is not None
    items, last_at, last_kind, last_direction, more, exists = row
    if not exists:
        raise no_contact(tx, contact_id)
    return InteractionPage(items, (last_at, last_kind, last_direction) if more else None)


def import_interactions(tx: Session, chunks: Iterable[bytes], *, by_id: bool, max_errors: int) -> Merged:
    """Merge rows in COPY form (line, contact, kind, at, direction) with the stored interactions."""
    tx.run(QUERIES.begin_interaction_import)
    tx.copy_in(QUERIES.copy_imported_interactions, chunks)
    row = tx.one(QUERIES.merge_imported_interactions, by_id=by_id, max_errors=max_errors)
    assert row is not None
    created, unchanged, failed, errors = row
    return Merged(created=created, updated=0, unchanged=unchanged, failed=failed, errors=errors)
