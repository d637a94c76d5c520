"""The SQL side of changing many contacts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.contacts.sizes import MAX_CUSTOM_TOTAL
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from shared.contacts.repository import Filters
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
# More contacts than any user has.
ALL = 2**31 - 1


def choose(tx: Session, filters: Filters, most: int = ALL) -> list[UUID]:
    """The ids of the contacts that pass the filters, at most `most`."""
    ids: list[UUID] = tx.value(QUERIES.choose_contacts, filters=filters.as_json, most=most)
    return ids


def tag_contacts(tx: Session, ids: Sequence[UUID], tags: Sequence[str]) -> tuple[int, list[UUID]]:
    """Give tags to contacts; how many changed, and those that would have too many."""
    return _changed(tx.one(QUERIES.tag_contacts, user_id=tx.user_id, ids=list(ids), tags=list(tags)))


def untag_contacts(tx: Session, ids: Sequence[UUID], tags: Sequence[str]) -> int:
    """Take tags from contacts; how many changed."""
    return int(tx.value(QUERIES.untag_contacts, user_id=tx.user_id, ids=list(ids), tags=list(tags)))


def set_fields(tx: Session, ids: Sequence[UUID], patch: Mapping[str, Any]) -> tuple[int, list[UUID]]:
    """Set fields of contacts; how many changed, and those whose custom fields would become too many or too large."""
    document = json.dumps(patch, ensure_ascii=False)
    return _changed(
        tx.one(
            QUERIES.set_fields, user_id=tx.user_id, ids=list(ids), patch=document, most_custom=MAX_CUSTOM_TOTAL
        )
    )  # fmt: skip


def delete_contacts(tx: Session, ids: Sequence[UUID]) -> int:
    """Delete contacts, except the self contact; how many."""
    return tx.run(QUERIES.delete_contacts, user_id=tx.user_id, ids=list(ids))


def without_email(tx: Session, ids: Sequence[UUID]) -> list[UUID]:
    """Those of the contacts that have no e-mail."""
    found: list[UUID] = tx.value(QUERIES.without_email, user_id=tx.user_id, ids=list(ids))
    return found


def _changed(row: Any) -> tuple[int, list[UUID]]:
    changed, refused = row
    return int(changed), refused
