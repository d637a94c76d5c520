"""A connection as the owner of the schema: for migrations and seed data, without row-level security."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pg8000.native
from pg8000.exceptions import DatabaseError, InterfaceError

from shared.errors import CrmError
from shared.plumbing.postgres.pool import remove_socket_timeout, url_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator


class DatabaseUnreachable(CrmError):
    """The database cannot be reached, or refuses the connection."""

    code = "database_unreachable"


@contextlib.contextmanager
def connected(url: str) -> Iterator[pg8000.native.Connection]:
    """Open a connection and close it when the block ends.

    Args:
        url: URL in the form of `DATABASE_URL`, of a role that owns the schema or is to own it.

    Raises:
        DatabaseUnreachable: no server answers there, or it refuses the role.
    """
    try:
        connection = pg8000.native.Connection(**url_arguments(url))
    except (InterfaceError, OSError, ValueError) as error:
        raise DatabaseUnreachable(f"the database of DATABASE_URL cannot be reached: {error}") from error
    except DatabaseError as error:
        reason = error.args[0].get("M", error) if isinstance(error.args[0], dict) else error
        raise DatabaseUnreachable(f"the database of DATABASE_URL refuses the connection: {reason}") from error
    remove_socket_timeout(connection)
    try:
        yield connection
    finally:
        connection.close()
