"""Find contacts that may be one person, and merge those that surely are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.contacts.merging import repository
from shared.errors import ValidationFailed
from shared.paging import decode_cursor, encode_cursor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shared.contacts.parameters import DuplicateListQuery
    from shared.plumbing.postgres.database import Session

# With so many contacts a scan takes seconds. More are the work of a job.
SCANNED_AT_ONCE = 20_000
# Changed contacts that are compared with all others. From about there on a scan is as quick.
COMPARED_SINGLY = 1_000
# Pairs of one call: each merge takes some milliseconds. More are the work of a job.
MERGED_AT_ONCE = 100
# A person with more cards than these is left for a person to look at.
LARGEST_GROUP = 20

_FIRST = (2**15, UUID(int=2**128 - 1))


def list_duplicates(tx: Session, query: DuplicateListQuery) -> dict[str, Any]:
    """A page of pairs as the API answers it; contacts that changed since are compared first where they are few."""
    before = _FIRST
    if query.cursor is not None:
        points, duplicate_id = decode_cursor(query.cursor, int, UUID)
        before = (points, duplicate_id)
    refresh(tx)
    state = repository.scan_state(tx)
    items, following = repository.list_duplicates(tx, query.band, before, query.limit)
    return {
        "items": json.loads(items),
        "next_cursor": encode_cursor(*following) if following else None,
        **_described(state),
    }


def refresh(tx: Session) -> bool:
    """Compare the contacts that changed since the last comparison; return False where that are too many, and nothing was compared."""
    state = repository.scan_state(tx)
    if not state.stale or repository.compare_changed(tx, COMPARED_SINGLY) is not None:
        return True
    if state.contacts > SCANNED_AT_ONCE:
        return False
    repository.find_duplicates(tx)
    return True


def scan(tx: Session) -> dict[str, Any]:
    """Compare all contacts with each other; the outcome as the API answers it."""
    repository.find_duplicates(tx)
    return {"items": [], "next_cursor": None, **_described(repository.scan_state(tx))}


def merge_sure(tx: Session) -> dict[str, Any]:
    """Merge the surest pairs, as the API answers it; at most `MERGED_AT_ONCE`, which a job goes beyond.

    Of three cards all pairs must be sure: two that contradict are not joined by a third.
    """
    kept = merged = 0
    for group in sure_groups(tx, MERGED_AT_ONCE):
        joined = merge_group(tx, group)
        kept, merged = kept + bool(joined), merged + joined
    state = repository.scan_state(tx)
    return {
        "operation_id": str(tx.operation_id) if merged else None,
        "kept": kept,
        "merged": merged,
        "left": state.sure,
    }


def are_many_sure(tx: Session) -> bool:
    """Whether merging the sure pairs is the work of a job: by their number, or because many contacts are to be compared first."""
    return not refresh(tx) or repository.scan_state(tx).sure > MERGED_AT_ONCE


def sure_groups(tx: Session, most: int) -> list[list[UUID]]:
    """The groups of the surest pairs, at most `most` pairs; contacts are compared first where some changed."""
    if not refresh(tx):
        repository.find_duplicates(tx)
    return groups_of(repository.list_sure(tx, most))


def merge_group(tx: Session, group: Sequence[UUID]) -> int:
    """Merge contacts of which all pairs are sure, into the first; return how many went into it.

    A group stays apart where a contact went meanwhile, would be the self contact, has an introduction under way with another one, or where
    one contact cannot hold all of it.
    """
    keep, *others = group
    found = repository.lock_contacts(tx, group)
    if len(found) < len(group) or any(found[other] for other in others):
        return 0
    if repository.introductions_between(tx, group) or not repository.are_sure(tx, group):
        return 0
    try:
        repository.check_sizes(tx, group)
    except ValidationFailed:
        return 0
    repository.merge_contacts(tx, keep, others, {})
    return len(others)


def groups_of(pairs: Iterable[tuple[UUID, UUID]]) -> list[list[UUID]]:
    """Groups of contacts of which all pairs are sure; each contact in one group, the one that is to be left first."""
    listed = list(pairs)
    sure = {frozenset(pair) for pair in listed}
    group_of: dict[UUID, list[UUID]] = {}
    for pair in listed:
        first, second = (group_of.setdefault(contact_id, [contact_id]) for contact_id in pair)
        if first is second or len(first) + len(second) > LARGEST_GROUP:
            continue
        if all(frozenset((one, other)) in sure for one in first for other in second):
            first.extend(second)
            for contact_id in second:
                group_of[contact_id] = first
    distinct = {id(group): group for group in group_of.values() if len(group) > 1}
    return list(distinct.values())


def _described(state: repository.ScanState) -> dict[str, Any]:
    return {
        "counts": {"sure": state.sure, "likely": state.likely},
        "scan": {"at": state.at and state.at.isoformat(), "contacts": state.scanned, "stale": state.stale},
    }
