"""The SQL side of merging."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from shared.errors import CrmError, FieldError, MergedAway, NotFound, ValidationFailed
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated
from shared.plumbing.telemetry.recording import span, trace_attributes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
# The limits of one contact in words, by the part of the constraint that names the field.
_TOO_MUCH = {
    "emails": "100 e-mail addresses",
    "phones": "100 phones",
    "tags": "100 tags",
    "notes": "100,000 characters of notes",
    "custom": "100 custom fields, or 100,000 bytes of them",
}
_CHECK_VIOLATION = "23514"


def no_contact(tx: Session, contact_id: UUID, message: str = "") -> CrmError:
    """The error for an id that no contact has: `MergedAway` where that contact was merged into another, else `NotFound`."""
    into = merged_into(tx, [contact_id]).get(contact_id)
    if into is not None:
        return MergedAway(f"the contact {contact_id} was merged into {into}: use that id", str(into))
    return NotFound(message or f"no contact has the id {contact_id}")


def merged_into(tx: Session, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The contacts that ids of merged contacts lead to."""
    rows = tx.many(QUERIES.merged_into, user_id=tx.user_id, ids=list(ids))
    return {row[0]: row[1] for row in rows}


def lock_contacts(tx: Session, ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Keep others from changing contacts until the transaction ends; those that are there, and whether each is the self contact."""
    rows = tx.many(QUERIES.lock_contacts, user_id=tx.user_id, ids=list(ids))
    return {row[0]: row[1] for row in rows}


def find_merge(tx: Session, contact_id: UUID) -> UUID | None:
    """The operation that merged a contact into another; None where the journal no longer has it."""
    operation: UUID | None = tx.value(QUERIES.find_merge, user_id=tx.user_id, contact_id=contact_id)
    return operation


def introductions_between(tx: Session, ids: Sequence[UUID]) -> int:
    """How many introductions under way keep contacts from being merged."""
    return int(tx.value(QUERIES.introductions_between, ids=list(ids)))


class ScanState(NamedTuple):
    """The last scan for duplicates, and its outcome.

    Attributes:
        at: its time; None before the first.
        scanned: how many contacts were compared.
        stale: whether contacts changed since.
        contacts: how many contacts there are now.
        sure: how many pairs are sure.
        likely: how many pairs are likely.
    """

    at: datetime | None
    scanned: int
    stale: bool
    contacts: int
    sure: int
    likely: int


def scan_state(tx: Session) -> ScanState:
    """The last scan for duplicates."""
    row = tx.one(QUERIES.scan_state, user_id=tx.user_id)
    assert row is not None
    return ScanState(*row)


def find_duplicates(tx: Session) -> int:
    """Compare all contacts with each other; return how many there are."""
    return int(tx.value(QUERIES.find_duplicates))


def compare_changed(tx: Session, most: int) -> int | None:
    """Compare the contacts that changed since the last comparison with all others.

    Returns:
        How many these were; None where all are to be compared: before the first scan, and with more than `most`.
    """
    compared: int | None = tx.value(QUERIES.compare_changed, most=most)
    return compared


def ask_for_comparison(tx: Session, topic: str, *, is_import: bool) -> bool:
    """Append an event that has changed contacts compared, unless one is waiting; return whether it was appended."""
    with span("outbox", topic):
        asked = tx.value(
            QUERIES.ask_for_comparison,
            event=uuid4(),
            topic=topic,
            attributes=json.dumps(trace_attributes()),
            is_import=is_import,
        )
    return bool(asked)


def list_duplicates(
    tx: Session, band: str | None, before: tuple[int, UUID], limit: int
) -> tuple[str, tuple[int, UUID] | None]:
    """A page of pairs as a JSON array, the surest first, and the place of the last one; None on the last page."""
    row = tx.one(
        QUERIES.list_duplicates,
        user_id=tx.user_id,
        band=band,
        before_points=before[0],
        before_id=before[1],
        limit=limit,
    )
    assert row is not None
    items, points, duplicate_id, more = row
    return items, (points, duplicate_id) if more else None


def dismiss_duplicate(tx: Session, duplicate_id: UUID) -> None:
    """Keep the contacts of a pair apart from now on.

    Raises:
        NotFound: no pair has this id.
    """
    if tx.value(QUERIES.dismiss_duplicate, user_id=tx.user_id, duplicate_id=duplicate_id) is None:
        raise NotFound(f"no pair of possible duplicates has the id {duplicate_id}")


def list_sure(tx: Session, limit: int) -> list[tuple[UUID, UUID]]:
    """The surest pairs, of each the contact that is to be left first."""
    return [(row[0], row[1]) for row in tx.many(QUERIES.list_sure, user_id=tx.user_id, limit=limit)]


def are_sure(tx: Session, ids: Sequence[UUID]) -> bool:
    """Whether each pair of the contacts still is a sure one."""
    return bool(tx.value(QUERIES.are_sure, user_id=tx.user_id, ids=list(ids)))


def merge_contacts(tx: Session, keep: UUID, others: Sequence[UUID], chosen: Mapping[str, UUID]) -> list[dict[str, Any]]:
    """Merge contacts that `lock_contacts` holds into one; the values that did not become its own.

    Raises:
        ValidationFailed: together they have more than one contact may have.
    """
    fields = json.dumps({field: str(contact_id) for field, contact_id in chosen.items()})
    with _sizes_named():
        differing = tx.value(QUERIES.merge_contacts, keep=keep, others=list(others), chosen=fields)
    values: list[dict[str, Any]] = json.loads(differing)
    return values


def list_tied(tx: Session, contact_id: UUID, ids: Sequence[UUID]) -> set[UUID]:
    """Those of the contacts that have a tie with a contact, in either direction."""
    return {row[0] for row in tx.many(QUERIES.list_tied, user_id=tx.user_id, contact_id=contact_id, ids=list(ids))}


def count_interactions(tx: Session, contact_id: UUID, interactions: Sequence[Mapping[str, Any]]) -> int:
    """How many of these are interactions of a contact."""
    document = json.dumps(interactions)
    return int(tx.value(QUERIES.count_interactions, user_id=tx.user_id, contact_id=contact_id, interactions=document))


def list_notes_of(tx: Session, contact_id: UUID, ids: Sequence[UUID]) -> set[UUID]:
    """Those of the notes that are a contact's."""
    if not ids:
        return set()
    return {row[0] for row in tx.many(QUERIES.list_notes_of, user_id=tx.user_id, contact_id=contact_id, ids=list(ids))}


def split_contact(tx: Session, contact_id: UUID, facts: Mapping[str, Any]) -> UUID:
    """Move facts of a contact that the caller has locked to a new one; the id of that."""
    made: UUID = tx.value(QUERIES.split_contact, contact_id=contact_id, facts=json.dumps(facts, ensure_ascii=False))
    return made


def check_sizes(tx: Session, ids: Sequence[UUID]) -> None:
    """Refuse contacts that together have more than one contact may have, before anything is written.

    Raises:
        ValidationFailed: they have.
    """
    with _sizes_named():
        tx.run(QUERIES.check_sizes, user_id=tx.user_id, ids=list(ids))


@contextlib.contextmanager
def _sizes_named() -> Iterator[None]:
    """Turn a refusal by the size of a field into an error that names the field."""
    try:
        yield
    except ConstraintViolated as error:
        too_much = next((words for field, words in _TOO_MUCH.items() if f"_{field}_size" in error.constraint), None)
        if error.sqlstate != _CHECK_VIOLATION or too_much is None:
            raise
        raise ValidationFailed(
            [FieldError("ids", f"these contacts together have more than {too_much}: merge fewer of them")]
        ) from None
