"""The SQL side of accounts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import NotFound
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)


class Taken(NamedTuple):
    """An account that a worker has.

    Attributes:
        kind: of the source.
        account: its settings.
        cursor: how far it is read; empty for a new one.
        secret: its sealed credentials.
        failures: runs in a row that came to nothing.
    """

    kind: str
    account: dict[str, Any]
    cursor: dict[str, Any]
    secret: bytes
    failures: int


class Known(NamedTuple):
    """What is stored of the account of a source.

    Attributes:
        kind: of the source.
        account: its settings; empty without any.
        secret: its sealed credentials; None without any.
    """

    kind: str
    account: dict[str, Any]
    secret: bytes | None


class Saved(NamedTuple):
    """Progress of a worker.

    Attributes:
        cursor: how far the account is read.
        left_out: messages that are no lines, by reason.
        secret: sealed credentials that replace the former ones; None where they stay.
    """

    cursor: Mapping[str, Any]
    left_out: Mapping[str, int]
    secret: bytes | None


class End(NamedTuple):
    """The end of a slice.

    Attributes:
        state: of the source.
        problem: why the slice ended early; None where it did not.
        next_s: seconds until the account is read next; None: not by itself.
        failures: runs in a row that came to nothing.
    """

    state: str
    problem: str | None
    next_s: float | None
    failures: int


def set_account(tx: Session, source_id: UUID, account: Mapping[str, Any], secret: bytes) -> None:
    """Keep settings and sealed credentials of a source."""
    tx.run(QUERIES.set_account, user_id=tx.user_id, source_id=source_id, account=json.dumps(account))
    tx.run(QUERIES.set_secret, user_id=tx.user_id, source_id=source_id, secret=secret)


def add_address(tx: Session, source_id: UUID, address: str) -> None:
    """Add an address of the user's own to a source that nothing has been counted of."""
    tx.run(QUERIES.add_address, user_id=tx.user_id, source_id=source_id, address=address)


def get_account(tx: Session, source_id: UUID) -> Known:
    """What is stored of the account of a source.

    Raises:
        NotFound: the user has no such source.
    """
    row = tx.one(QUERIES.find_account, user_id=tx.user_id, source_id=source_id)
    if row is None:
        raise NotFound(f"no source has the id {source_id}")
    kind, settings, secret = row
    return Known(kind, json.loads(settings).get("account", {}), None if secret is None else bytes(secret))


def ask_now(tx: Session, source_id: UUID, requeue_after_s: int) -> None:
    """Note that an account is read as soon as possible; the caller appends the event."""
    tx.run(QUERIES.ask_now, user_id=tx.user_id, source_id=source_id, requeue_after_s=requeue_after_s)


def take(tx: Session, source_id: UUID, lease: UUID, *, lease_s: int) -> Taken | None:
    """Take an account; None where another worker has it, it is paused or waits for its user, or there is none."""
    row = tx.one(QUERIES.take_account, user_id=tx.user_id, source_id=source_id, lease=lease, lease_s=lease_s)
    if row is None:
        return None
    kind, settings, cursor, secret, failures = row
    return Taken(kind, json.loads(settings).get("account", {}), json.loads(cursor or "{}"), bytes(secret), failures)


def save_part(tx: Session, source_id: UUID, lease: UUID, saved: Saved, *, lease_s: int) -> bool:
    """Set how far an account is read; return False where the worker has lost it, and the transaction must not be committed."""
    return bool(
        tx.value(
            QUERIES.save_part,
            user_id=tx.user_id, source_id=source_id, lease=lease, cursor=json.dumps(saved.cursor), left=sum(saved.left_out.values()),
            left_out=json.dumps(saved.left_out), secret=saved.secret, lease_s=lease_s,
        )
    )  # fmt: skip


def end_slice(tx: Session, source_id: UUID, lease: UUID, end: End) -> None:
    """Let go of an account."""
    tx.run(QUERIES.end_slice, user_id=tx.user_id, source_id=source_id, lease=lease, **end._asdict())


def queue_due(tx: Session, most: int, requeue_after_s: int) -> int:
    """Queue the accounts that are to be read now; return how many."""
    return int(tx.value(QUERIES.queue_due, most=most, requeue_after_s=requeue_after_s))
