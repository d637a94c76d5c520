"""Credits: the balance, the ledger whose sum it is, and grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.enrichment.repository import QUERIES, TOPIC
from shared.errors import Conflict, NotFound, OutOfCredits
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

# Beyond every line that can exist.
_LAST = 2**63 - 1
# Contacts that one grant puts back into the queue; a schedule queues the rest.
MAX_RESUMED = 10_000


def get_balance(tx: Session) -> int:
    """Get the caller's credits."""
    return int(tx.value(QUERIES.find_balance, user_id=tx.user_id) or 0)


def list_ledger(tx: Session, cursor: str | None, limit: int) -> str:
    """A page of the caller's ledger, the latest line first, in the form of the API."""
    before = _LAST if cursor is None else decode_cursor(cursor, int)[0]
    row = tx.one(QUERIES.list_ledger, user_id=tx.user_id, before=before, limit=limit)
    assert row is not None
    items, last, more = row
    return json_page(items, encode_cursor(last) if more else None)


def require_credits(tx: Session, cost: int) -> None:
    """Refuse a request that the balance cannot pay for.

    Args:
        tx: a session of the user.
        cost: of the cheapest provider that costs credits; 0 where all are free.

    Raises:
        OutOfCredits: the balance is lower.
    """
    if cost and get_balance(tx) < cost:
        raise OutOfCredits(f"your credits do not suffice: the cheapest provider costs {cost}")


def find_user(tx: Session, email: str) -> UUID:
    """Find the user with an e-mail address.

    Raises:
        NotFound: no user has this address.
        Conflict: several users have it, for example from different issuers.
    """
    users = tx.many(QUERIES.find_users_by_email, email=email)
    if not users:
        raise NotFound(f'no user has the address "{email}"')
    if len(users) > 1:
        ids = ", ".join(str(user[0]) for user in users)
        raise Conflict(f'several users have the address "{email}": name one by its id, {ids}')
    user_id: UUID = users[0][0]
    return user_id


def grant(tx: Session, user_id: UUID, amount: int, note: str) -> int:
    """Give credits to a user, and queue again the contacts whose enrichment lacked credits.

    Args:
        tx: a transaction without a user.
        user_id: the user who gets the credits.
        amount: 1 or more.
        note: the reason, for the ledger.

    Returns:
        The new balance.

    Raises:
        NotFound: the user does not exist.
    """
    balance: int | None = tx.value(QUERIES.grant_credits, user_id=user_id, credits=amount, note=note)
    if balance is None:
        raise NotFound(f"user {user_id} does not exist")
    resume(tx, user_id)
    return balance


def resume(tx: Session, user_id: UUID | None = None, most: int = MAX_RESUMED) -> int:
    """Queue again the contacts whose enrichment lacked credits, of one user or of all with credits; return how many."""
    resumed = int(tx.value(QUERIES.resume_enrichments, user_id=user_id, most=most))
    if resumed:
        tx.topics.add(TOPIC)
    return resumed


def release_reservations(tx: Session, most: int) -> int:
    """Give back the credits that dead runs had reserved; return how many reservations ended."""
    return int(tx.value(QUERIES.release_reservations, most=most))
