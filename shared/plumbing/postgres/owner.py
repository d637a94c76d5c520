"""A connection as the owner of the schema: for migrations and seed data, without row-level security."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pg8000.native
from pg8000.exceptions import DatabaseError, InterfaceError

from shared.errors import CrmError
from shared.plumbing.postgres.pool import remove_socket_timeout, url_arguments

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator


class DatabaseUnreachable(CrmError):
    """The database cannot be reached, or refuses the connection."""

    code = "database_unreachable"


@contextlib.contextmanager
def connected(url: str, open_socket: Callable[[], socket.socket] | None = None) -> Iterator[pg8000.native.Connection]:
    """Open a connection and close it when the block ends.

    Args:
        url: URL in the form of `DATABASE_URL`, of a role that owns the schema or is to own it.
        open_socket: opens the way to the server, where the URL's host and port are not it.

    Raises:
        DatabaseUnreachable: no server answers there, or it refuses the role.
    """
    try:
        arguments = url_arguments(url)
        if open_socket:
            arguments |= {"sock": open_socket(), "ssl_context": False}
        connection = pg8000.native.Connection(**arguments)
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
