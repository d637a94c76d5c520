"""The SQL side of e-mail."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple

from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

TOKEN_BYTES = 32


class Email(NamedTuple):
    """An e-mail that is being sent.

    Attributes:
        id: of the e-mail.
        kind: which letter, e.g. `introduction.ask`.
        subject_id: what it is about: an introduction or an invitation.
        position: of the person on the path of an introduction; None where it is about the whole.
        recipients: addresses.
        delivered_to: those that have got it already.
        lease_until: by when this attempt is over.
    """

    id: UUID
    kind: str
    subject_id: UUID
    position: int | None
    recipients: list[str]
    delivered_to: list[str]
    lease_until: datetime | None


class TokenHolder(NamedTuple):
    """Who holds a token: the first recipient of the e-mail that it came with.

    Attributes:
        user_id: whose introduction or invitation it is about.
        kind: of the e-mail.
        subject_id: see `Email`.
        position: see `Email`.
        address: where the e-mail went.
    """

    user_id: UUID
    kind: str
    subject_id: UUID
    position: int | None
    address: str


def queue_email(
    tx: Session, kind: str, recipients: list[str], *, subject_id: UUID, position: int | None, now: datetime
) -> UUID | None:
    """Adds an e-mail; None where it had been added before."""
    email_id: UUID | None = tx.value(
        QUERIES.queue_email,
        user_id=tx.user_id,
        kind=kind,
        subject_id=subject_id,
        position=position,
        recipients=recipients,
        now=now,
    )
    return email_id


def claim_email(tx: Session, email_id: UUID, lease_s: float) -> Email | None:
    """Begins an attempt that may take so many seconds; None where another is under way, or it has ended."""
    row = tx.one(QUERIES.claim_email, user_id=tx.user_id, email_id=email_id, lease_s=lease_s)
    if row is None:
        return None
    kind, subject_id, position, recipients, delivered_to, lease_until = row
    return Email(email_id, kind, subject_id, position, recipients, delivered_to, lease_until)


def find_email_status(tx: Session, email_id: UUID) -> str | None:
    """queued, sending, sent, bounced or cancelled; None where there is no such e-mail any more."""
    status: str | None = tx.value(QUERIES.find_email_status, user_id=tx.user_id, email_id=email_id)
    return status


def find_step_status(tx: Session, kind: str, subject_id: UUID, position: int | None) -> str | None:
    """What became of the e-mail of a kind about a thing; None where there never was one."""
    status: str | None = tx.value(
        QUERIES.find_step_status, user_id=tx.user_id, kind=kind, subject_id=subject_id, position=position
    )
    return status


def list_earlier(tx: Session, email_id: UUID) -> list[UUID]:
    """The e-mails that this one continues, oldest first."""
    return [row[0] for row in tx.many(QUERIES.list_earlier, user_id=tx.user_id, email_id=email_id)]


def add_token(tx: Session, email_id: UUID, now: datetime) -> str:
    """A new token for the links of an e-mail: 256 random bits, of which only a hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.run(QUERIES.add_token, user_id=tx.user_id, email_id=email_id, token_hash=_hash(token), now=now)
    return token


def end_attempt(
    tx: Session, email: Email, status: str, delivered_to: list[str], *, error: str = "", now: datetime
) -> bool:
    """Notes what became of an attempt; false where its lease had run out and another one has begun."""
    changed = tx.run(
        QUERIES.end_attempt,
        user_id=tx.user_id,
        email_id=email.id,
        status=status,
        delivered_to=delivered_to,
        error=error or None,
        lease_until=email.lease_until,
        now=now,
    )
    return changed == 1


def find_token(tx: Session, token: str) -> TokenHolder | None:
    """Who holds a token; None where it was never given out."""
    row = tx.one(QUERIES.find_token, token_hash=_hash(token))
    if row is None:
        return None
    user_id, _, kind, subject_id, position, address = row
    return TokenHolder(user_id, kind, subject_id, position, address)


def never_ask(tx: Session, address: str, now: datetime) -> None:
    """Remembers a no that holds for everybody and for ever."""
    tx.value(QUERIES.never_ask, address=address, now=now)


def note_bounce(tx: Session, address: str, now: datetime) -> None:
    """Remembers that a mailbox does not exist."""
    tx.value(QUERIES.note_bounce, address=address, now=now)


def wants_none(tx: Session, address: str) -> bool:
    """Whether the people behind an address said "never"."""
    return bool(tx.value(QUERIES.wants_none, address=address))


def hold_letters(tx: Session) -> None:
    """Keeps others from spending the user's budget for letters until the transaction ends."""
    tx.value(QUERIES.hold_letters)


def spend_letters(
    tx: Session, addresses: list[str], kind: str, *, begins: bool, limits: str, now: datetime
) -> list[tuple[str, str | None, int, datetime, int | None]]:
    """Counts letters: of each address the budget that is spent, what it holds, when it has room, and what remains to the user."""
    rows = tx.many(QUERIES.spend_letters, addresses=addresses, kind=kind, begins=begins, limits=limits, now=now)
    return [(address, spent, most, fits_at, remaining) for address, spent, most, fits_at, remaining in rows]


def remove_old_counts(tx: Session, before: datetime, most: int) -> int:
    """Removes counts of letters from before a time; how many."""
    return int(tx.value(QUERIES.remove_old_counts, before=before, most=most))


def remove_old(tx: Session, before: datetime, most: int) -> int:
    """Removes e-mails of all users that ended before a time, and what their links prove; how many."""
    return int(tx.value(QUERIES.remove_old, before=before, most=most))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
