"""Changes that the cache could not be told of: noted in Postgres, which everybody reaches, until the cache knows.

Where only some of the instances reach Redis, what the others write would be unknown to it, and what it holds would be
stale until it goes by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from uuid import UUID

    from shared.plumbing.postgres.database import Database
    from shared.plumbing.redis.cache import Cache

QUERIES = sql.load(__file__)

# In one run of the schedule.
MAX_USERS = 10_000


def note(database: Database, user_id: UUID, within_s: int) -> None:
    """Note that contacts of a user change within so many seconds, unknown to the cache.

    Raises:
        Unavailable: that cannot be noted now.
    """
    with database.single(user_id) as tx:
        tx.run(QUERIES.note_missed_change, within_s=within_s)


def pass_on(database: Database, cache: Cache) -> int:
    """Have the cache forget what has changed without its knowing; how many users' contacts.

    Whoever noted a change may not have saved it yet, so a note is kept until it surely has.
    """
    with database.transaction(None) as tx:
        users: list[UUID] = [row[0] for row in tx.many(QUERIES.list_missed_changes, most=MAX_USERS)]
    told = [user_id for user_id in users if cache.forget_contacts(user_id)]
    if told:
        with database.transaction(None) as tx:
            tx.run(QUERIES.forget_missed_changes, user_ids=told)
    return len(told)
