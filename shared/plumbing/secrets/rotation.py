"""Wrapping all stored secrets with the newest version of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from shared.plumbing.postgres import sql
from shared.plumbing.secrets.envelope import Place
from shared.plumbing.secrets.keys import SecretUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pg8000.native

    from shared.plumbing.postgres.sql import Query
    from shared.plumbing.secrets.envelope import Sealer

QUERIES = sql.load(__file__)
# Secrets that are read at once.
BATCH = 200


class Rotated(NamedTuple):
    """Counts of a rotation.

    Attributes:
        rewrapped: secrets that the newest version wraps now.
        current: those that it had wrapped before.
        unreadable: those that no version of the key opens.
    """

    rewrapped: int
    current: int
    unreadable: int


def rewrap_all(owner: pg8000.native.Connection, sealer: Sealer) -> Rotated:
    """Wrap every secret in the database with the newest version of the key, each in a transaction of its own.

    Args:
        owner: a connection as the schema's owner.
        sealer: has the old and the new versions.
    """
    rewrapped = current = unreadable = 0
    for table, column in _ask(owner, QUERIES.sealed_columns):
        for user_id, row_id, sealed in _secrets(owner, table, column):
            try:
                again = sealer.rewrap(sealed, Place(table, user_id, row_id))
            except SecretUnreadable:
                unreadable += 1
                continue
            if again is None:
                current += 1
            else:
                place = {"of_table": table, "of_column": column, "user_id": user_id, "row_id": row_id}
                rewrapped += _ask(owner, QUERIES.replace_sealed, **place, before=sealed, after=again)[0][0]
    return Rotated(rewrapped, current, unreadable)


def _secrets(owner: pg8000.native.Connection, table: str, column: str) -> Iterator[tuple[UUID, UUID, bytes]]:
    after = (UUID(int=0), UUID(int=0))
    while rows := _ask(
        owner, QUERIES.list_sealed, of_table=table, of_column=column, after_user=after[0], after_id=after[1], most=BATCH
    ):
        yield from ((user_id, row_id, bytes(sealed)) for user_id, row_id, sealed in rows)
        after = (rows[-1][0], rows[-1][1])


def _ask(owner: pg8000.native.Connection, query: Query, **values: Any) -> list[list[Any]]:
    return owner.execute_unnamed(query.text, tuple(values[name] for name in query.parameters)).rows or []
