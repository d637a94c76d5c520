"""The queries of privacy."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta
    from uuid import UUID

    from shared.config import LetterLimits
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
TOKEN_BYTES = 32


def ask_link(
    tx: Session, address: str, *, limits: LetterLimits, most: int, life: timedelta, now: datetime
) -> UUID | None:
    """Note that a link is to be sent to a mailbox; return its id, None where the mailbox gets no letter now."""
    link_id: UUID | None = tx.value(
        QUERIES.ask_link,
        address=address,
        limits=json.dumps(limits._asdict()),
        most=most,
        life_s=life.total_seconds(),
        now=now,
    )
    return link_id


def claim_link(tx: Session, link_id: UUID, now: datetime) -> tuple[str, str] | None:
    """Make a new token for a link that is about to be sent; return the mailbox and the token, None where it was sent."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    address: str | None = tx.value(QUERIES.claim_link, link_id=link_id, token_hash=_hash(token), now=now)
    return None if address is None else (address, token)


def note_sent(tx: Session, link_id: UUID, now: datetime) -> None:
    """Note that a link was handed to the mail server."""
    tx.value(QUERIES.note_sent, link_id=link_id, now=now)


def open_link(tx: Session, token: str, now: datetime) -> str | None:
    """The mailbox that a link is about; None where the link is not known or has expired."""
    address: str | None = tx.value(QUERIES.open_link, token_hash=_hash(token), now=now)
    return address


def facts_about(tx: Session, address: str, now: datetime) -> dict[str, Any]:
    """The facts about an address that belong to the installation."""
    facts: dict[str, Any] = json.loads(tx.value(QUERIES.facts_about, address=address, now=now))
    return facts


def erase_facts(tx: Session, address: str, *, keeps_away: bool, now: datetime) -> int:
    """Delete what providers have said about an address; return how many contacts are looked at again.

    Args:
        tx: a transaction of no user.
        address: the mailbox.
        keeps_away: remember also that nobody here may keep the address or write to it.
        now: the time.
    """
    return int(tx.value(QUERIES.erase_facts, address=address, keeps_away=keeps_away, now=now))


def admit_again(tx: Session, address: str) -> None:
    """Let an address be kept, enriched and written to again."""
    tx.value(QUERIES.admit_again, address=address)


def list_withheld(tx: Session, addresses: Sequence[str]) -> set[str]:
    """Those of the addresses whose owners want to be kept by nobody here."""
    return {row[0] for row in tx.many(QUERIES.withheld, addresses=list(addresses))}


def remove_old_links(tx: Session, before: datetime, most: int) -> int:
    """Remove at most `most` links that expired before a time; return how many."""
    return int(tx.value(QUERIES.remove_old_links, before=before, most=most))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
