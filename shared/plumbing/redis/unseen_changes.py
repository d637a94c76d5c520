"""Changes that Redis has not seen, because the instance that made them could not reach it.

They are noted in Postgres, which every instance reaches, until `pass_on` removes the user's contacts from the cache.
Without the note, other instances would answer stale contacts until these expire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from uuid import UUID

    from shared.plumbing.postgres.database import Database
    from shared.plumbing.redis.cache import Cache

QUERIES = sql.load(__file__)

# The most users of one run of the schedule.
MAX_USERS = 10_000


def note(database: Database, user_id: UUID, within_s: int) -> None:
    """Note that contacts of a user change within `within_s` seconds, unseen by the cache.

    Raises:
        Unavailable: Postgres cannot take the note.
    """
    with database.single(user_id) as tx:
        tx.run(QUERIES.note_missed_change, within_s=within_s)


def pass_on(database: Database, cache: Cache) -> int:
    """Remove the contacts of users with unseen changes from the cache; return how many users.

    The transaction that noted a change may still be open, so a note is kept until that has surely ended.
    """
    with database.transaction(None) as tx:
        users: list[UUID] = [row[0] for row in tx.many(QUERIES.list_missed_changes, most=MAX_USERS)]
    removed = [user_id for user_id in users if cache.forget_contacts(user_id)]
    if removed:
        with database.transaction(None) as tx:
            tx.run(QUERIES.forget_missed_changes, user_ids=removed)
    return len(removed)
