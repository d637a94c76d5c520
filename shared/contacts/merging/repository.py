"""The SQL side of merging."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.errors import CrmError, FieldError, MergedAway, NotFound, ValidationFailed
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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


def merge_contacts(tx: Session, keep: UUID, others: Sequence[UUID], chosen: Mapping[str, UUID]) -> list[dict[str, Any]]:
    """Merge contacts that `lock_contacts` holds into one; the values that did not become its own.

    Raises:
        ValidationFailed: together they have more than one contact may have.
    """
    fields = json.dumps({field: str(contact_id) for field, contact_id in chosen.items()})
    try:
        differing = tx.value(QUERIES.merge_contacts, keep=keep, others=list(others), chosen=fields)
    except ConstraintViolated as error:
        too_much = next((words for field, words in _TOO_MUCH.items() if f"_{field}_size" in error.constraint), None)
        if error.sqlstate != _CHECK_VIOLATION or too_much is None:
            raise
        raise ValidationFailed(
            [FieldError("ids", f"these contacts together have more than {too_much}: merge fewer of them")]
        ) from None
    values: list[dict[str, Any]] = json.loads(differing)
    return values
