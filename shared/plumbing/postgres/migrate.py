"""Bring a database up to date: the numbered files of `shared/migrations`, each once, in order; then the functions of every area.

Functions and the triggers that call them stand in `functions.sql` and `triggers.sql` of their area, as they are now; where that would be
too long, in `functions/*.sql`, one file for each concern. Decision 0050 says what belongs where.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from shared.plumbing.postgres.migration_files import SHARED, TRIGGERS, MigrationFailed, read_functions, read_migrations
from shared.plumbing.postgres.online import apply_inside, apply_outside
from shared.plumbing.postgres.scripts import LOCK_TIMEOUT_MS, patiently, run_script, sqlstate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from shared.plumbing.postgres.migration_files import Migration, SqlFile
    from shared.plumbing.postgres.scripts import Connection

# An arbitrary number, the same for every runner on this database. A backup holds the same lock, shared.
_LOCK_KEY = 0x5741_524D
_LOCK_POLL_S = 0.2
_UNDEFINED_FUNCTION = "42883"

# A time-out meant for requests must not end a migration. The server notices within minutes that a runner has vanished, gives its
# lock back, and ends the statement that it was at.
_SESSION = """
set statement_timeout = 0; set tcp_keepalives_idle = 60; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3
"""
_END_STATEMENT_OF_THE_VANISHED = "set client_connection_check_interval = '10s'"

LEDGER = """
do $$ begin
    if to_regnamespace('crm') is null then create schema crm; end if;
    if to_regclass('crm.migrations') is null then
        create table crm.migrations (
            name text primary key, checksum text not null, applied_at timestamptz not null default now()
        );
    end if;
    if to_regclass('crm.function_files') is null then
        create table crm.function_files (
            name text primary key, checksum text not null, applied_at timestamptz not null default now()
        );
    end if;
end $$
"""

_NOTE_FUNCTIONS = """
insert into crm.function_files as f (name, checksum) values (:name, :checksum)
on conflict (name) do update set checksum = excluded.checksum, applied_at = excluded.applied_at where f.checksum <> excluded.checksum
"""


def hold_schema(connection: Connection, *, shared: bool = False) -> None:
    """Wait until nobody else migrates or restores the database, and keep others from it until the connection ends.

    The wait is a question now and then: a session that waits inside of the server has a transaction, and building an index
    concurrently waits for every transaction.

    Args:
        connection: not inside a transaction.
        shared: let others hold the schema in the same way, as backups do.
    """
    ask = f"select pg_try_advisory_lock{'_shared' if shared else ''}({_LOCK_KEY})"
    while not (connection.run(ask) or [[False]])[0][0]:
        time.sleep(_LOCK_POLL_S)


def migrate(
    connection: Connection,
    *,
    folder: Path = SHARED,
    log: Callable[[str], None] = lambda _line: None,
) -> list[str]:
    """Apply what is missing or has changed; leave an up-to-date database as it is.

    Each numbered file runs in its own transaction together with its line in the ledger: after a failure the earlier files are
    applied, and nothing of the failed one. A file that asks for it runs outside a transaction (`online`), and goes on in the next
    run. The functions of all areas then run in one transaction. A second runner waits for the first and then finds nothing to do.
    While another session holds a table for too long, the file is tried again.

    Args:
        connection: connection of the role that is to own the schema, not inside a transaction.
        folder: folder of migrations/ and of the areas.
        log: called with one line for each applied file, and for each pause.

    Returns:
        Names of the files applied now, in order; e.g. `["0001_users", "teams/functions.sql"]`. Of the areas' files, those that are
        new or have changed.

    Raises:
        MigrationFailed: an applied file was edited since, or a file failed; the message names it.
    """
    migrations = read_migrations(folder)
    connection.run(_SESSION)
    with suppress(Exception):  # not every operating system of a server can notice
        connection.run(_END_STATEMENT_OF_THE_VANISHED)
    hold_schema(connection)
    try:
        connection.run(LEDGER)
        applied = {
            str(name): checksum for name, checksum in connection.run("select name, checksum from crm.migrations") or ()
        }
        _refuse_edited(migrations, applied)
        missing = [migration for migration in migrations if migration.name not in applied]
        for migration in missing:
            if migration.is_outside:
                apply_outside(connection, migration, log)
                _note(connection, migration)
            else:
                patiently(partial(_apply_alone, connection, migration), f"{migration.name}.sql", log)
            log(f"applied {migration.name}")
        changed: list[str] = []
        # A database of a later release keeps the functions that belong to its tables.
        if applied.keys() <= {migration.name for migration in migrations}:
            changed = _update_functions(connection, read_functions(folder), log, even_unchanged=bool(missing))
        for name in changed:
            log(f"applied {name}")
    finally:
        with suppress(Exception):  # a dead connection holds no lock, and its own error is the one to raise
            connection.run(f"select pg_advisory_unlock({_LOCK_KEY})")
    return [migration.name for migration in missing] + changed


def admit(connection: Connection, users: Sequence[str]) -> list[str]:
    """Grant `crm_app` to the database users of the functions, which the cloud makes and migrations cannot know.

    Args:
        connection: connection of the schema's owner, who made `crm_app`.
        users: names of database users, e.g. `["fn-get-contact@acme-crm.iam"]`.

    Returns:
        The users that had no such grant before, in the order given.

    Raises:
        MigrationFailed: one of them is not a user of the database.
    """
    members = connection.run("select pg_get_userbyid(member) from pg_auth_members where roleid = 'crm_app'::regrole")
    known = {str(name) for (name,) in members or ()}
    admitted = [user for user in users if user not in known]
    for user in admitted:
        # The server quotes the name.
        ((grant,),) = connection.run("select format('grant crm_app to %I', :user::text)", user=user) or ()
        run_script(connection, str(grant), f"crm_app could not be granted to {user}")
    return admitted


def _refuse_edited(migrations: list[Migration], applied: dict[str, object]) -> None:
    """Raise for a file that was edited after it was applied.

    A name in the ledger without a file here is accepted: older code meets a newer database.
    """
    for migration in migrations:
        if not migration.is_what_was_applied(applied.get(migration.name, migration.checksum)):
            raise MigrationFailed(
                f"{migration.name}.sql was edited after this database applied it. "
                "Restore the file and write the change as a new migration (or drop this database if its data may go)."
            )


def apply(connection: Connection, migration: Migration) -> None:
    """Run one numbered file and write its line into the ledger, inside the caller's transaction."""
    if migration.is_outside:
        apply_inside(connection, migration)
    else:
        run_script(connection, migration.sql, f"{migration.name}.sql failed and left nothing behind")
    _note(connection, migration)


def _apply_alone(connection: Connection, migration: Migration) -> None:
    with _transaction(connection):
        apply(connection, migration)


def _note(connection: Connection, migration: Migration) -> None:
    connection.run(
        "insert into crm.migrations (name, checksum) values (:name, :checksum)",
        name=migration.name,
        checksum=migration.checksum,
    )


def apply_functions(connection: Connection, files: Sequence[SqlFile], applied: Mapping[str, object]) -> None:
    """Make the functions of all areas what their files say, inside the caller's transaction; keep what is in no file.

    Args:
        connection: of the schema's owner; all numbered files are applied.
        files: from `read_functions`.
        applied: checksums by name of the files that ran before; empty for a new schema. A file of triggers that is among them does
            not run again: attaching a trigger waits for everybody who writes to its table.

    Raises:
        MigrationFailed: a file failed; the message names it.
    """
    waiting = [file for file in files if not file.name.endswith(TRIGGERS) or applied.get(file.name) != file.checksum]
    while waiting:
        waiting = _run_what_can(connection, waiting)
    # Nobody may call a function that its file does not open.
    connection.run("revoke all on all functions in schema crm from public")
    noted = {str(name) for (name,) in connection.run("select name from crm.function_files") or ()}
    for name in noted - {file.name for file in files}:
        connection.run("delete from crm.function_files where name = :name", name=name)
    for file in files:
        connection.run(_NOTE_FUNCTIONS, name=file.name, checksum=file.checksum)


def _run_what_can(connection: Connection, files: list[SqlFile]) -> list[SqlFile]:
    """Run files; return those that need a function of one that comes later.

    The server looks up what an SQL function calls when it makes the function.
    """
    waiting: dict[SqlFile, MigrationFailed] = {}
    for file in files:
        connection.run("savepoint file")
        try:
            run_script(connection, file.sql, f"shared/{file.name} failed and left nothing behind")
        except MigrationFailed as error:
            if sqlstate(error) != _UNDEFINED_FUNCTION:
                raise
            connection.run("rollback to savepoint file")
            waiting[file] = error
        connection.run("release savepoint file")
    if len(waiting) == len(files):
        raise waiting[files[0]]
    return list(waiting)


def _update_functions(
    connection: Connection, files: list[SqlFile], log: Callable[[str], None], *, even_unchanged: bool
) -> list[str]:
    """Apply the areas' files if one of them is new, changed or gone, or where that is asked for; return the names of the changed ones."""
    rows = connection.run("select name, checksum from crm.function_files") or ()
    applied = {str(name): checksum for name, checksum in rows}
    changed = [file.name for file in files if applied.get(file.name) != file.checksum]

    def update() -> None:
        with _transaction(connection):
            apply_functions(connection, files, applied)

    if even_unchanged or changed or len(applied) != len(files):
        patiently(update, "functions", log)
    return changed


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.run("begin")
    try:
        connection.run(f"set local lock_timeout = {LOCK_TIMEOUT_MS}")
        yield
        connection.run("commit")
    except BaseException:
        with suppress(Exception):  # a dead connection has rolled back already
            connection.run("rollback")
        raise
