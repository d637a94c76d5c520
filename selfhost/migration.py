"""Bring a database up to date: what a container runs that is told to migrate, and so the job in the cloud."""

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
    """Apply what is missing, and let the functions' users in; once more changes nothing.

    Args:
        environ: `DATABASE_URL`, whose user becomes the owner of the schema; `DATABASE_APP_USERS`, comma separated, where each function
            has a user of its own.
    """
    users = [user.strip() for user in environ.get("DATABASE_APP_USERS", "").split(",") if user.strip()]
    try:
        with ExitStack() as stack:
            connection = _first_connection(stack, environ.get("DATABASE_URL", ""))
            applied = bring_up_to_date(connection, log=lambda line: print(line, flush=True))
            admitted = admit(connection, users)
    except CrmError as error:
        sys.exit(f"migrate: {error}")
    print(f"{len(applied)} migrations applied" + (f", {len(admitted)} users let in" if users else ""))


def _first_connection(stack: ExitStack, url: str) -> pg8000.native.Connection:
    """Connect as soon as somebody answers.

    Raises:
        DatabaseUnreachable: nobody has for `REACHED_WITHIN_S`, or the server refuses, which waiting would not change.
    """
    if not url:
        raise DatabaseUnreachable("DATABASE_URL is not set; it must be that of the schema's owner.")
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
