"""The use cases of access: make, list and revoke personal tokens, and read what programs did."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from shared.access import codes, grants, repository
from shared.errors import Conflict, NotFound
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.access.parameters import ProgramCallQuery
    from shared.plumbing.postgres.database import Session

# A person knows the programs that they use; more are a program's making, and each has a rate limit of its own.
MAX_TOKENS = 50
CALLS_KEPT_FOR = timedelta(days=90)
# An expired token is still listed for a while, so that its owner sees why a program has stopped.
EXPIRED_KEPT_FOR = timedelta(days=30)

_NEWEST = 2**63 - 1


def create_token(tx: Session, name: str, scopes: list[str], days: int, now: datetime) -> str:
    """Make a personal token; return it with its text, which nobody can ask for again.

    Raises:
        Conflict: the user has MAX_TOKENS tokens.
    """
    secret = codes.make("wmp_")
    token = repository.create_token(tx, secret, name, scopes, now, days=days, most=MAX_TOKENS)
    if token is None:
        raise Conflict(f"you have {MAX_TOKENS} tokens: delete one that is no longer used")
    return json.dumps({"token": secret.text} | json.loads(token), ensure_ascii=False)


def list_tokens(tx: Session) -> str:
    """The personal tokens of the user, as the API answers them."""
    return f'{{"items":{repository.list_tokens(tx)}}}'


def delete_token(tx: Session, token_id: UUID) -> None:
    """Revoke a personal token; every process refuses it within the time that it remembers tokens.

    Raises:
        NotFound: the user has no token with this id.
    """
    if not repository.delete_token(tx, token_id):
        raise NotFound("you have no token with this id")


def list_calls(tx: Session, query: ProgramCallQuery) -> str:
    """A page of what programs did, newest first, as the API answers it."""
    before_no = _NEWEST if query.cursor is None else int(decode_cursor(query.cursor, int)[0])
    items, last_no, more = repository.list_calls(tx, before_no, query.limit, query.program)
    return json_page(items, encode_cursor(last_no) if more else None)


def list_grants(tx: Session) -> str:
    """The programs that the user has let in, as the API answers them."""
    return f'{{"items":{grants.list_all(tx)}}}'


def delete_grant(tx: Session, grant_id: UUID) -> None:
    """End the access of a program.

    Raises:
        NotFound: the user has let in no program with this id.
    """
    if not grants.delete(tx, grant_id):
        raise NotFound("you have let in no program with this id")
