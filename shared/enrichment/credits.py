"""Credits: the balance, the ledger it is the sum of, and grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.enrichment.repository import QUERIES, TOPIC
from shared.errors import Conflict, NotFound, OutOfCredits
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

# Beyond every line there will be.
_LAST = 2**63 - 1
# Contacts that one grant puts back into the queue; the schedule takes care of more.
MAX_RESUMED = 10_000


def get_balance(tx: Session) -> int:
    """The caller's credits."""
    return int(tx.value(QUERIES.find_balance, user_id=tx.user_id) or 0)


def list_ledger(tx: Session, cursor: str | None, limit: int) -> str:
    """A page of the caller's ledger, the latest line first, as the API answers it."""
    before = _LAST if cursor is None else decode_cursor(cursor, int)[0]
    row = tx.one(QUERIES.list_ledger, user_id=tx.user_id, before=before, limit=limit)
    assert row is not None
    items, last, more = row
    return json_page(items, encode_cursor(last) if more else None)


def require_credits(tx: Session, cost: int) -> None:
    """Refuses what cannot be paid for.

    Args:
        tx: a session of the user.
        cost: of the cheapest provider there is to pay for; 0 when there is none.

    Raises:
        OutOfCredits: the balance is lower.
    """
    if cost and get_balance(tx) < cost:
        raise OutOfCredits("there are not enough credits left to ask a provider that costs any")


def find_user(tx: Session, email: str) -> UUID:
    """The user of an address.

    Raises:
        NotFound: there is none.
        Conflict: there are several, say, signed in through different issuers.
    """
    users = tx.many(QUERIES.find_users_by_email, email=email)
    if not users:
        raise NotFound(f'no user has the address "{email}"')
    if len(users) > 1:
        ids = ", ".join(str(user[0]) for user in users)
        raise Conflict(f'several users have the address "{email}", name one by its id: {ids}')
    user_id: UUID = users[0][0]
    return user_id


def grant(tx: Session, user_id: UUID, amount: int, note: str) -> int:
    """Gives credits, and queues again the contacts that had found none.

    Args:
        tx: a transaction of no user.
        user_id: who gets them.
        amount: 1 or more.
        note: why, for the ledger.

    Returns:
        The new balance.

    Raises:
        NotFound: there is no such user.
    """
    balance: int | None = tx.value(QUERIES.grant_credits, user_id=user_id, credits=amount, note=note)
    if balance is None:
        raise NotFound("there is no user of this id")
    resume(tx, user_id)
    return balance


def resume(tx: Session, user_id: UUID | None = None, most: int = MAX_RESUMED) -> int:
    """Queues again what found no credits, of one user or of all who have some; how many."""
    resumed = int(tx.value(QUERIES.resume_enrichments, user_id=user_id, most=most))
    if resumed:
        tx.topics.add(TOPIC)
    return resumed


def release_reservations(tx: Session, most: int) -> int:
    """Gives back what runs that died had reserved; how many."""
    return int(tx.value(QUERIES.release_reservations, most=most))
