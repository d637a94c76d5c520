"""Merge contacts that are one person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.contacts import repository as contacts
from shared.contacts.merging import repository
from shared.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shared.contacts.merging.models import MergeRequest
    from shared.plumbing.postgres.database import Session


def merge_contacts(tx: Session, request: MergeRequest) -> dict[str, Any]:
    """Merge contacts into the first of them, as the API answers it. Contacts that were merged into it before are passed over.

    Raises:
        NotFound, MergedAway: one of the contacts is not there, or was merged into a contact that is not among these.
        Conflict: the self contact would go, or introductions under way are between these contacts.
        ValidationFailed: together they have more than one contact may have.
    """
    keep, *others = request.ids
    left = _left_to_merge(tx, keep, others)
    differing = []
    operation = tx.operation_id
    if left:
        if repository.introductions_between(tx, [keep, *left]):
            raise Conflict(
                "introductions that are under way lead to two of these contacts, or through two of them: withdraw one first"
            )
        chosen: dict[str, UUID] = {
            field: contact_id for field, contact_id in request.fields.items() if contact_id in {keep, *left}
        }
        differing = repository.merge_contacts(tx, keep, left, chosen)
    else:
        operation = repository.find_merge(tx, others[0]) or operation
    return {
        "contact": json.loads(contacts.get_contact(tx, keep)),
        "operation_id": str(operation),
        "conflicts": differing,
        "dry_run": request.dry_run,
    }


def _left_to_merge(tx: Session, keep: UUID, others: Sequence[UUID]) -> list[UUID]:
    """Lock the contacts, and return those of `others` that were not merged into `keep` before."""
    found = repository.lock_contacts(tx, [keep, *others])
    missing = [contact_id for contact_id in (keep, *others) if contact_id not in found]
    into = repository.merged_into(tx, missing) if missing else {}
    for contact_id in missing:
        if contact_id == keep or into.get(contact_id) != keep:
            raise repository.no_contact(tx, contact_id)
    left = [contact_id for contact_id in others if contact_id in found]
    for contact_id in left:
        if found[contact_id]:
            raise Conflict(f"the contact {contact_id} is you, and stays: name it first")
    return left
