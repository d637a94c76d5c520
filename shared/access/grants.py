"""The queries of grants: programs that were let in, their codes and tokens, and requests of devices."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.access import codes
from shared.access.repository import QUERIES

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from uuid import UUID

    from shared.access.clients import Client
    from shared.access.codes import Kind
    from shared.plumbing.postgres.database import Session

_PREFIXES: dict[str, Kind] = {"code": "wmc_", "access": "wma_", "refresh": "wmr_"}


class Taken(NamedTuple):
    """A code, a refresh token or the answer to a device that was handed in.

    Attributes:
        outcome: `good`, or why it is not: `unknown`, `expired`, `reused`; of devices also `waiting`, `hasty`, `denied`.
        user_id: the user of the grant.
        grant_id: the grant.
        client_id: the program that was let in.
        scopes: what the user granted.
        resource: what the tokens are for.
        details: of a code: address of return and challenge.
    """

    outcome: str
    user_id: UUID
    grant_id: UUID
    client_id: str
    scopes: list[str]
    resource: str
    details: dict[str, Any]


class DeviceRequest(NamedTuple):
    """The request of a program on a machine without a browser."""

    client_id: str
    name: str
    resource: str
    scopes: list[str]


def sign(tx: Session, content: str) -> str:
    """Return the signature of the id of a program that registers itself."""
    signature: str = tx.value(QUERIES.sign_client, content=content)
    return signature


def add(tx: Session, client: Client, resource: str, scopes: list[str], now: datetime, *, most: int) -> UUID | None:
    """Let a program in; return the grant's id, or None where the user has `most` already."""
    grant_id: UUID | None = tx.value(
        QUERIES.add_grant,
        user_id=tx.user_id,
        client_id=client.id,
        name=client.name,
        host=client.host,
        resource=resource,
        scopes=scopes,
        now=now,
        most=most,
    )
    return grant_id


def add_token(
    tx: Session, grant_id: UUID, kind: str, expires_at: datetime, details: dict[str, str] | None = None
) -> str:
    """Make a code, an access token or a refresh token of a grant; return its text."""
    secret = codes.make(_PREFIXES[kind])
    tx.run(
        QUERIES.add_grant_token,
        user_id=tx.user_id,
        hash=secret.hash,
        grant_id=grant_id,
        kind=kind,
        expires_at=expires_at,
        details=json.dumps(details or {}),
    )
    return secret.text


def take(tx: Session, text: str, kind: str, now: datetime, *, grace: timedelta) -> Taken:
    """Take a code or a refresh token; the second use of a code, or of a refresh token after `grace`, ends the grant.

    Args:
        tx: a transaction of no user, which must be committed before anything else is judged.
        text: of the code or token.
        kind: `code` or `refresh`.
        now: the time.
        grace: how long a refresh token is good after its first use.
    """
    if not codes.is_made_here(text, _PREFIXES[kind]):
        return _nothing("unknown")
    row = tx.one(QUERIES.take_grant_token, hash=codes.digest(text), kind=kind, now=now, grace_s=grace.total_seconds())
    return Taken(*row) if row else _nothing("unknown")


def take_device_answer(tx: Session, text: str, client_id: str, now: datetime, *, pause: timedelta) -> Taken:
    """Take the user's answer to the request of a device; one that was given is given once.

    Args:
        tx: a transaction of no user, which must be committed before anything else is judged.
        text: the device code.
        client_id: the program that asks.
        now: the time.
        pause: the shortest time between two questions.
    """
    if not codes.is_made_here(text, "wmd_"):
        return _nothing("unknown")
    row = tx.one(
        QUERIES.take_device_answer,
        hash=codes.digest(text),
        client_id=client_id,
        now=now,
        pause_s=pause.total_seconds(),
    )
    return Taken._make((*row, {})) if row else _nothing("unknown")


def end_of(tx: Session, text: str) -> UUID | None:
    """End the grant of a token; return the grant's id, or None where no token is this text."""
    grant_id: UUID | None = tx.value(QUERIES.end_grant_of, hash=codes.digest(text))
    return grant_id


def list_all(tx: Session) -> str:
    """The programs that the user has let in as a JSON array, the newest first."""
    grants: str = tx.value(QUERIES.list_grants, user_id=tx.user_id)
    return grants


def delete(tx: Session, grant_id: UUID) -> bool:
    """End a grant of the user; False where the user has none with this id."""
    return tx.run(QUERIES.delete_grant, user_id=tx.user_id, id=grant_id) > 0


def add_device_request(tx: Session, text: str, user_code: str, request: DeviceRequest, expires_at: datetime) -> bool:
    """Keep the request of a device; False where another has the same code to type."""
    kept = tx.value(
        QUERIES.add_device_request,
        hash=codes.digest(text),
        user_code=user_code,
        client_id=request.client_id,
        name=request.name,
        resource=request.resource,
        scopes=request.scopes,
        expires_at=expires_at,
    )
    return bool(kept)


def find_device_request(tx: Session, user_code: str, now: datetime) -> DeviceRequest | None:
    """Find the request whose code the user has typed; None where none waits."""
    row = tx.one(QUERIES.find_device_request, user_code=user_code, now=now)
    return DeviceRequest(*row) if row else None


def answer_device_request(tx: Session, user_code: str, grant_id: UUID | None, now: datetime) -> bool:
    """Answer the request of a device, with a grant or None for a no; False where it waits no longer."""
    return bool(tx.value(QUERIES.answer_device_request, user_code=user_code, grant_id=grant_id, now=now))


def _nothing(outcome: str) -> Taken:
    nobody: Any = None
    return Taken(outcome, nobody, nobody, "", [], "", {})
