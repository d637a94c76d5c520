"""The queries of e-mail."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

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
        kind: of the letter, e.g. `introduction.ask`.
        subject_id: the introduction or the invitation that the e-mail is about.
        position: of the recipient on the path of an introduction; None where the e-mail is not about one person of the path.
        recipients: addresses.
        delivered_to: the addresses that a server has accepted the e-mail for.
        lease_until: the end of this attempt's lease.
    """

    id: UUID
    kind: str
    subject_id: UUID
    position: int | None
    recipients: list[str]
    delivered_to: list[str]
    lease_until: datetime | None


class TokenHolder(NamedTuple):
    """The holder of a token: the first recipient of the e-mail that carried it.

    Attributes:
        user_id: the user whose introduction or invitation the e-mail is about.
        kind: of the e-mail.
        subject_id: see `Email`.
        position: see `Email`.
        address: the mailbox that the e-mail went to.
    """

    user_id: UUID
    kind: str
    subject_id: UUID
    position: int | None
    address: str


def queue_email(
    tx: Session, kind: str, recipients: list[str], *, subject_id: UUID, position: int | None, now: datetime
) -> UUID | None:
    """Add an e-mail to the queue; return its id, or None where the same e-mail was queued before."""
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
    """Begin an attempt with a lease of `lease_s` seconds; None where another attempt is under way or the e-mail is done."""
    row = tx.one(QUERIES.claim_email, user_id=tx.user_id, email_id=email_id, lease_s=lease_s)
    if row is None:
        return None
    kind, subject_id, position, recipients, delivered_to, lease_until = row
    return Email(email_id, kind, subject_id, position, recipients, delivered_to, lease_until)


def find_email_status(tx: Session, email_id: UUID) -> str | None:
    """The status of an e-mail: queued, sending, sent, bounced or cancelled; None where the e-mail no longer exists."""
    status: str | None = tx.value(QUERIES.find_email_status, user_id=tx.user_id, email_id=email_id)
    return status


def find_step_status(tx: Session, kind: str, subject_id: UUID, position: int | None) -> str | None:
    """The status of the e-mail of one kind about one subject; None where none was queued."""
    status: str | None = tx.value(
        QUERIES.find_step_status, user_id=tx.user_id, kind=kind, subject_id=subject_id, position=position
    )
    return status


def list_earlier(tx: Session, email_id: UUID) -> list[UUID]:
    """List the e-mails of the same thread that were sent before this one, oldest first."""
    return [row[0] for row in tx.many(QUERIES.list_earlier, user_id=tx.user_id, email_id=email_id)]


def add_token(tx: Session, email_id: UUID, now: datetime) -> str:
    """Make a token for the links of an e-mail: 256 random bits; the database keeps only a hash."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.run(QUERIES.add_token, user_id=tx.user_id, email_id=email_id, token_hash=_hash(token), now=now)
    return token


def end_attempt(
    tx: Session, email: Email, status: str, delivered_to: list[str], *, error: str = "", now: datetime
) -> bool:
    """Record the outcome of an attempt; False where its lease has expired and another attempt has begun."""
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
    """The holder of a token; None where the token was never given out."""
    row = tx.one(QUERIES.find_token, token_hash=_hash(token))
    if row is None:
        return None
    user_id, _, kind, subject_id, position, address = row
    return TokenHolder(user_id, kind, subject_id, position, address)


def never_ask(tx: Session, address: str, now: datetime) -> None:
    """Record that nobody may ask or invite this address again, for good."""
    tx.value(QUERIES.never_ask, address=address, now=now)


def note_bounce(tx: Session, address: str, now: datetime) -> None:
    """Record that a mailbox does not exist."""
    tx.value(QUERIES.note_bounce, address=address, now=now)


def note_complaint(tx: Session, address: str, now: datetime) -> None:
    """Record that the owner of a mailbox has reported a letter as spam."""
    tx.value(QUERIES.note_complaint, address=address, now=now)


def list_suppressed(tx: Session, addresses: list[str], since: datetime) -> list[str]:
    """List those of the addresses that get no mail: their owners have complained, or mail has bounced since a time."""
    return [row[0] for row in tx.many(QUERIES.list_suppressed, addresses=addresses, since=since)]


def find_sender(tx: Session, email_id: UUID) -> UUID | None:
    """The id of the user on whose behalf an e-mail was sent; None where no e-mail has the id."""
    user_id: UUID | None = tx.value(QUERIES.find_sender, email_id=email_id)
    return user_id


def note_return(tx: Session, email_id: UUID, address: str, reason: str, now: datetime) -> Email | None:
    """Record that a sent e-mail came back from one mailbox.

    Returns:
        The e-mail, with the recipients that still have it; None where the mailbox did not have it, or this was recorded before.
    """
    row = tx.one(QUERIES.note_return, email_id=email_id, address=address, reason=reason, now=now)
    if row is None:
        return None
    kind, subject_id, position, recipients, delivered_to = row
    return Email(email_id, kind, subject_id, position, recipients, delivered_to, None)


def has_opted_out(tx: Session, address: str) -> bool:
    """Whether the owner of an address has answered "never"."""
    return bool(tx.value(QUERIES.has_opted_out, address=address))


def lock_letter_budget(tx: Session) -> None:
    """Keep other transactions from spending the user's budget for letters until this one ends."""
    tx.value(QUERIES.lock_letter_budget)


def spend_letters(
    tx: Session, addresses: list[str], kind: str, *, begins: bool, limits: str, now: datetime
) -> list[tuple[str, str | None, int, datetime, int | None]]:
    """Count letters.

    Returns:
        For each address: the budget that is spent, or None where the letter was counted; how many letters that budget allows;
        when it allows one again; how many letters the user may still send in these 24 hours, None without a limit.
    """
    rows = tx.many(QUERIES.spend_letters, addresses=addresses, kind=kind, begins=begins, limits=limits, now=now)
    return [(address, budget, most, fits_at, remaining) for address, budget, most, fits_at, remaining in rows]


def letter_record(tx: Session, address: str, now: datetime) -> dict[str, Any]:
    """The record of a sender or a mailbox, and the letters of the whole installation in a day."""
    row = tx.one(QUERIES.letter_record, address=address, now=now)
    assert row is not None
    record: dict[str, Any] = json.loads(row[0])
    return {"email": address, **record, "of_the_installation_in_a_day": row[1]}


def decide_letters(
    tx: Session,
    address: str,
    letters: int | None,
    asks: int | None,
    *,
    note: str,
    until: datetime | None,
    now: datetime,
) -> None:
    """Record how many letters a sender may send in 24 hours; without numbers, forget what was decided."""
    tx.value(QUERIES.decide_letters, address=address, letters=letters, asks=asks, note=note, until=until, now=now)


def remove_old_counts(tx: Session, before: datetime, most: int) -> int:
    """Remove at most `most` counts of letters from before a time; return how many were removed."""
    return int(tx.value(QUERIES.remove_old_counts, before=before, most=most))


def remove_old(tx: Session, before: datetime, most: int) -> int:
    """Remove at most `most` e-mails of all users that ended before a time, with their tokens; return how many were removed."""
    return int(tx.value(QUERIES.remove_old, before=before, most=most))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
