"""The audit log of a user: who signed in, took data out, changed much of it, or changed what others see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.paging import decode_cursor, encode_cursor, json_page
from shared.users.repository import QUERIES

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session
    from shared.users.parameters import AuditQuery

_NEWEST = 2**63 - 1


def note(tx: Session, act: str, actor: str, operation_id: UUID | None, details: dict[str, Any] | None = None) -> None:
    """Add an act of the user, in the transaction of the act; it is never changed."""
    tx.run(QUERIES.note_act, act=act, actor=actor, operation_id=operation_id, details=json.dumps(details or {}))


def list_entries(tx: Session, query: AuditQuery) -> str:
    """A page of the user's audit log, newest first, as the API answers it."""
    before_no = _NEWEST if query.cursor is None else int(decode_cursor(query.cursor, int)[0])
    row = tx.one(QUERIES.list_audit, user_id=tx.user_id, before_no=before_no, limit=query.limit, act=query.act)
    assert row is not None
    items, last_no, more = row
    return json_page(items, encode_cursor(last_no) if more else None)


def remove_old(tx: Session, before: datetime, most: int) -> int:
    """Remove at most `most` entries of all users from before a time; return how many."""
    return int(tx.value(QUERIES.remove_old_audit, before=before, most=most))
