"""The queries of access."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.access.codes import Secret
    from shared.plumbing.postgres.database import Database, Session

QUERIES = sql.load(__file__)

USE_NOTED_EVERY = timedelta(minutes=10)


class Holder(NamedTuple):
    """The user and the rights of a token.

    Attributes:
        user_id: the user.
        email: the user's verified address.
        name: the user's name.
        program_id: id of the personal token or the grant.
        program: what the user calls the program.
        scopes: what the token may be used for.
        resource: what the token was made for, `mcp` or `api`; empty for both.
        expires_at: when the token ends.
    """

    user_id: UUID
    email: str | None
    name: str
    program_id: UUID
    program: str
    scopes: frozenset[str]
    resource: str
    expires_at: datetime


def find_holder(database: Database, token_hash: bytes, now: datetime) -> Holder | None:
    """Find the user and the rights of a token, and note its use; None where no token has this hash, or it has expired."""
    with database.read(None) as tx:
        row = tx.one(QUERIES.find_token, hash=token_hash, at=now)
    if row is None:
        return None
    user_id, email, name, program_id, program, scopes, resource, expires_at, last_used_at = row
    if last_used_at is None or now - last_used_at >= USE_NOTED_EVERY:
        with database.single(user_id) as tx:
            tx.run(QUERIES.note_token_use, token_id=program_id, at=now)
    return Holder(user_id, email, name, program_id, program, frozenset(scopes), resource, expires_at)


def note_call(tx: Session, holder: tuple[UUID, str], act: str, target: str, *, succeeded: bool, now: datetime) -> None:
    """Add a call to what programs of the user did.

    Args:
        tx: a session of the user.
        holder: id and name of the program.
        act: the function, or the tool.
        target: the id that the call was about; empty for none.
        succeeded: whether the call was answered without an error.
        now: the time.
    """
    program_id, program = holder
    tx.run(
        QUERIES.note_program_call,
        program_id=program_id,
        program=program,
        act=act,
        target=target,
        succeeded=succeeded,
        at=now,
    )


def create_token(
    tx: Session, secret: Secret, name: str, scopes: list[str], now: datetime, *, days: int, most: int
) -> str | None:
    """Keep a new personal token; return it as JSON without its text, or None where the user has `most` already."""
    token: str | None = tx.value(
        QUERIES.create_token,
        user_id=tx.user_id,
        name=name,
        hash=secret.hash,
        ending=secret.ending,
        scopes=scopes,
        now=now,
        expires_at=now + timedelta(days=days),
        most=most,
    )
    return token


def list_tokens(tx: Session) -> str:
    """The personal tokens of the user as a JSON array, the newest first."""
    tokens: str = tx.value(QUERIES.list_tokens, user_id=tx.user_id)
    return tokens


def delete_token(tx: Session, token_id: UUID) -> bool:
    """Delete a personal token of the user; False where the user has none with this id."""
    return tx.run(QUERIES.delete_token, user_id=tx.user_id, id=token_id) > 0


def list_calls(tx: Session, before_no: int, limit: int, program_id: UUID | None) -> tuple[str, int | None, bool]:
    """A page of what programs did.

    Returns:
        The entries as a JSON array, the number of the last one, and whether more follow.
    """
    row = tx.one(
        QUERIES.list_program_calls, user_id=tx.user_id, before_no=before_no, limit=limit, program_id=program_id
    )
    assert row is not None
    return row[0], row[1], row[2]


def remove_old_calls(tx: Session, before: datetime, most: int) -> int:
    """Remove at most `most` entries of all users from before a time; return how many."""
    return int(tx.value(QUERIES.remove_old_program_calls, before=before, most=most))


def remove_expired_tokens(tx: Session, before: datetime) -> int:
    """Remove the personal tokens of all users that expired before a time; return how many."""
    return int(tx.value(QUERIES.remove_expired_tokens, before=before))
