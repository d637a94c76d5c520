"""Drafts: what a program has prepared, and its user has to agree to."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shared.errors import Conflict, NotFound, RateLimited
from shared.mcp.people import QUERIES

if TYPE_CHECKING:
    from datetime import datetime

    from shared.plumbing.postgres.database import Session

LIVES = timedelta(minutes=15)
# Letters to strangers that the programs of a user may send in 24 hours; the budget of letters counts beside.
SENT_A_DAY = 10
# Nothing that looks like something else, so that a model copies it right.
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH = 12
_DAY = timedelta(days=1)


def keep(tx: Session, kind: str, request: dict[str, Any], now: datetime) -> str:
    """Keep a draft; return its handle."""
    handle = "d-" + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    tx.run(QUERIES.remove_drafts, user_id=tx.user_id, now=now)
    tx.run(
        QUERIES.add_draft,
        user_id=tx.user_id,
        handle=handle,
        kind=kind,
        request=json.dumps(request),
        expires_at=now + LIVES,
    )
    return handle


def take(tx: Session, handle: str, kind: str, now: datetime) -> tuple[dict[str, Any], Any]:
    """Take a draft, and hold it until the transaction ends, so that two calls at once do one thing.

    Returns:
        What it asks for, and what was done with it before; None where nothing was.

    Raises:
        NotFound: the user has no such draft.
        Conflict: it has expired.
    """
    row = tx.one(QUERIES.take_draft, user_id=tx.user_id, handle=handle, kind=kind, now=now)
    if row is None:
        raise NotFound("there is no such draft: make one, and show the user what it answers")
    request, has_expired, outcome = row
    if outcome is None and has_expired:
        raise Conflict("this draft has expired: make another one, and show it to the user")
    return json.loads(request), None if outcome is None else json.loads(outcome)


def end(tx: Session, handle: str, outcome: Any) -> None:
    """Note what was done with a draft."""
    tx.run(QUERIES.end_draft, user_id=tx.user_id, handle=handle, outcome=json.dumps(outcome))


def limit_sending(tx: Session, now: datetime) -> None:
    """Refuse another letter where the programs of the user have sent enough of them.

    Raises:
        RateLimited: they have sent SENT_A_DAY in 24 hours.
    """
    since = now - _DAY + LIVES
    if tx.value(QUERIES.sent_today, user_id=tx.user_id, since=since) >= SENT_A_DAY:
        raise RateLimited(
            f"programs may send {SENT_A_DAY} introductions a day: send this one in the app", retry_after_s=3600
        )
