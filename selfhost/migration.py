"""Migrate a database: the `migrate` command of the container, which the migration job in the cloud runs."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pg8000.exceptions import DatabaseError, InterfaceError

from shared.errors import CrmError
from shared.plumbing.postgres.migrate import admit
from shared.plumbing.postgres.migrate import migrate as bring_up_to_date
from shared.plumbing.postgres.owner import DatabaseUnreachable, connected

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping

    import pg8000.native

# At the start of an instance Direct VPC egress may take a minute or more to be there:
# https://cloud.google.com/run/docs/configuring/vpc-direct-vpc
REACHED_WITHIN_S = 300
BETWEEN_TRIES_S = 2
# SQLSTATE of a server that is starting or about to stop.
_CANNOT_CONNECT_NOW = "57P03"
# SQLSTATE of a database that does not exist, and the one that every new server has.
_NO_SUCH_DATABASE = "3D000"
_EVERYWHERE = "postgres"


def migrate(environ: Mapping[str, str]) -> None:
    """Apply the missing migrations, and grant access to the functions' users; a second run changes nothing.

    Args:
        environ: `DATABASE_URL`, whose user becomes the owner of the schema; `DATABASE_APP_USERS`, the comma separated users of the
            functions, where each has its own; `ALLOYDB_INSTANCE` and `ALLOYDB_ADDRESS`, where the server is reached through them.
    """
    users = [user.strip() for user in environ.get("DATABASE_APP_USERS", "").split(",") if user.strip()]
    try:
        with ExitStack() as stack:
            connection = _first_connection(stack, environ.get("DATABASE_URL", ""), _way(environ))
            applied = bring_up_to_date(connection, log=lambda line: print(line, flush=True))
            admitted = admit(connection, users)
    except CrmError as error:
        sys.exit(f"migrate: {error}")
    print(f"{len(applied)} files applied" + (f", {len(admitted)} users granted access" if users else ""))


def _way(environ: Mapping[str, str]) -> Callable[[], socket.socket] | None:
    instance = environ.get("ALLOYDB_INSTANCE", "")
    if not instance:
        return None
    from shared.plumbing.postgres.alloydb import Door

    try:
        door = Door(instance, environ.get("ALLOYDB_ADDRESS", ""), environ.get("ALLOYDB_API", ""))
    except ValueError as error:
        raise DatabaseUnreachable(f"ALLOYDB_INSTANCE or ALLOYDB_ADDRESS is wrong: {error}") from error
    return lambda: door.open(by_iam=False)


def _first_connection(stack: ExitStack, url: str, way: Callable[[], socket.socket] | None) -> pg8000.native.Connection:
    """Connect as soon as the server answers; make the database where the server is new and has none.

    Raises:
        DatabaseUnreachable: no server has answered for `REACHED_WITHIN_S`, or it refuses, which waiting would not change.
    """
    if not url:
        raise DatabaseUnreachable("DATABASE_URL is not set; it must name the owner of the schema.")
    end = time.monotonic() + REACHED_WITHIN_S
    while True:
        try:
            return stack.enter_context(connected(url, way))
        except DatabaseUnreachable as error:
            if way and _state(error.__cause__) == _NO_SUCH_DATABASE:
                _make_database(url, way)
                continue
            if not _may_pass(error.__cause__) or time.monotonic() > end:
                raise
        print("waiting for the database", flush=True)
        time.sleep(BETWEEN_TRIES_S)


def _make_database(url: str, way: Callable[[], socket.socket]) -> None:
    """Make the URL's database: Terraform's provider makes databases on Cloud SQL only."""
    name = unquote(urlsplit(url).path.lstrip("/"))
    with connected(urlsplit(url)._replace(path=f"/{_EVERYWHERE}").geturl(), way) as connection:
        rows = connection.run("select format('create database %I', :name::text)", name=name) or [[""]]
        connection.run(str(rows[0][0]))
    print(f"made the database {name}", flush=True)


def _state(cause: BaseException | None) -> str:
    fields = cause.args[0] if isinstance(cause, DatabaseError) and cause.args else None
    return str(fields.get("C", "")) if isinstance(fields, dict) else ""


def _may_pass(cause: BaseException | None) -> bool:
    return _state(cause) == _CANNOT_CONNECT_NOW or isinstance(cause, InterfaceError | OSError)
