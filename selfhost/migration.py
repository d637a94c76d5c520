"""Migrate a database: the `migrate` command of the container, which the migration job in the cloud runs."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from pg8000.exceptions import DatabaseError, InterfaceError

from shared.errors import CrmError
from shared.plumbing.postgres.migrate import admit
from shared.plumbing.postgres.migrate import migrate as bring_up_to_date
from shared.plumbing.postgres.owner import DatabaseUnreachable, connected

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pg8000.native

# At the start of an instance Direct VPC egress may take a minute or more to be there:
# https://cloud.google.com/run/docs/configuring/vpc-direct-vpc
REACHED_WITHIN_S = 300
BETWEEN_TRIES_S = 2
# SQLSTATE of a server that is starting or about to stop.
_CANNOT_CONNECT_NOW = "57P03"


def migrate(environ: Mapping[str, str]) -> None:
    """Apply the missing migrations, and grant access to the functions' users; a second run changes nothing.

    Args:
        environ: `DATABASE_URL`, whose user becomes the owner of the schema; `DATABASE_APP_USERS`, the comma separated users of the
            functions, where each has its own.
    """
    users = [user.strip() for user in environ.get("DATABASE_APP_USERS", "").split(",") if user.strip()]
    try:
        with ExitStack() as stack:
            connection = _first_connection(stack, environ.get("DATABASE_URL", ""))
            applied = bring_up_to_date(connection, log=lambda line: print(line, flush=True))
            admitted = admit(connection, users)
    except CrmError as error:
        sys.exit(f"migrate: {error}")
    print(f"{len(applied)} files applied" + (f", {len(admitted)} users granted access" if users else ""))


def _first_connection(stack: ExitStack, url: str) -> pg8000.native.Connection:
    """Connect as soon as the server answers.

    Raises:
        DatabaseUnreachable: no server has answered for `REACHED_WITHIN_S`, or it refuses, which waiting would not change.
    """
    if not url:
        raise DatabaseUnreachable("DATABASE_URL is not set; it must name the owner of the schema.")
    end = time.monotonic() + REACHED_WITHIN_S
    while True:
        try:
            return stack.enter_context(connected(url))
        except DatabaseUnreachable as error:
            if not _may_pass(error.__cause__) or time.monotonic() > end:
                raise
        print("waiting for the database", flush=True)
        time.sleep(BETWEEN_TRIES_S)


def _may_pass(cause: BaseException | None) -> bool:
    if isinstance(cause, DatabaseError):
        fields = cause.args[0] if cause.args else None
        return isinstance(fields, dict) and fields.get("C") == _CANNOT_CONNECT_NOW
    return isinstance(cause, InterfaceError | OSError)
