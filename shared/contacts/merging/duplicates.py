"""Find contacts that may be one person, and merge those that surely are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.contacts.merging import repository
from shared.errors import ValidationFailed
from shared.paging import decode_cursor, encode_cursor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shared.contacts.parameters import DuplicateListQuery
    from shared.plumbing.postgres.database import Session

# With so many contacts a scan takes about a second, so a list begins with one where contacts changed.
SCANNED_BY_LIST = 20_000
# Pairs of one call: each merge takes some milliseconds.
MERGED_AT_ONCE = 1_000
# A person with more cards than these is left for a person to look at.
LARGEST_GROUP = 20

_FIRST = (2**15, UUID(int=2**128 - 1))


def list_duplicates(tx: Session, query: DuplicateListQuery) -> dict[str, Any]:
    """A page of pairs as the API answers it; with few contacts they are compared first where some changed."""
    before = _FIRST
    if query.cursor is not None:
        points, duplicate_id = decode_cursor(query.cursor, int, UUID)
        before = (points, duplicate_id)
    state = repository.scan_state(tx)
    if state.stale and state.contacts <= SCANNED_BY_LIST:
        repository.find_duplicates(tx)
        state = repository.scan_state(tx)
    items, following = repository.list_duplicates(tx, query.band, before, query.limit)
    return {
        "items": json.loads(items),
        "next_cursor": encode_cursor(*following) if following else None,
        **_described(state),
    }


def scan(tx: Session) -> dict[str, Any]:
    """Compare all contacts with each other; the outcome as the API answers it."""
    repository.find_duplicates(tx)
    return {"items": [], "next_cursor": None, **_described(repository.scan_state(tx))}


def merge_sure(tx: Session) -> dict[str, Any]:
    """Merge the surest pairs, as the API answers it. Of three cards all pairs must be sure: two that contradict are not joined by a third."""
    if repository.scan_state(tx).stale:
        repository.find_duplicates(tx)
    kept = merged = 0
    for keep, *others in groups_of(repository.list_sure(tx, MERGED_AT_ONCE)):
        found = repository.lock_contacts(tx, [keep, *others])
        if len(found) <= len(others) or any(found[other] for other in others):
            continue
        if repository.introductions_between(tx, [keep, *others]):
            continue
        try:
            repository.check_sizes(tx, [keep, *others])
        except ValidationFailed:
            continue
        repository.merge_contacts(tx, keep, others, {})
        kept += 1
        merged += len(others)
    state = repository.scan_state(tx)
    return {"operation_id": str(tx.operation_id), "kept": kept, "merged": merged, "left": state.sure}


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
