"""The feed of changes: everything that happened to contacts since a token, none missed and none twice.

A token names the snapshot of its reader: which transactions had committed then. The next answer holds the changes that are visible
now and were not then, so a transaction that takes long is neither missed nor waited for.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.errors import FieldError, Gone, ValidationFailed
from shared.history import repository
from shared.paging import decode_cursor, encode_cursor

if TYPE_CHECKING:
    from shared.history.parameters import ChangeQuery
    from shared.plumbing.postgres.database import Session

# A transaction that was open when a token was given may have begun that long before, and its changes bear the time of its beginning.
_LONGEST_TRANSACTION = timedelta(days=1)
_SNAPSHOT = re.compile(r"\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?")
_TOO_OLD = "this token is older than the journal, or from another database: list the contacts again, and go on from a new token"


def _bad_token() -> ValidationFailed:
    return ValidationFailed(
        [FieldError("since", "is not a token of this feed: pass `next` of the answer before, unchanged")]
    )


def changes_since(tx: Session, query: ChangeQuery) -> dict[str, Any]:
    """Changes since a token; without one, no change and the token to begin with.

    Args:
        tx: a session on the primary, whose snapshots are complete.
        query: the token, and the most changes of the answer.

    Raises:
        ValidationFailed: the token is not from this feed.
        Gone: the token is too old.
    """
    now = repository.feed(tx)
    if query.since is None:
        return {"items": [], "next": encode_cursor(now.epoch, now.now, now.snapshot, "", "0", 0), "more": False}
    try:
        epoch, at, since, upto, transaction, no = decode_cursor(query.since, str, datetime, str, str, str, int)
    except ValidationFailed:
        raise _bad_token() from None
    if not (
        _SNAPSHOT.fullmatch(since)
        and (not upto or _SNAPSHOT.fullmatch(upto))
        and re.fullmatch(r"\d{1,20}", transaction)
    ):
        raise _bad_token()
    if epoch != now.epoch or at - _LONGEST_TRANSACTION < datetime.fromisoformat(now.begins_at):
        raise Gone(_TOO_OLD)
    end = upto or now.snapshot
    items, last = repository.list_changes(tx, since=since, upto=end, after=(transaction, no), limit=query.limit)
    if last is None:
        # Everything up to `end` is told. The time is that of the snapshot: the token's own, while it goes through pages.
        token = encode_cursor(epoch, at.isoformat() if upto else now.now, end, "", "0", 0)
    else:
        token = encode_cursor(epoch, at.isoformat(), since, end, *last)
    return {"items": items, "next": token, "more": last is not None}
