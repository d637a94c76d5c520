"""Bring a database up to date: the numbered files of `shared/migrations`, each once, in order; then the functions of every area.

Functions and the triggers that call them stand in `functions.sql` and `triggers.sql` of their area, as they are now; where that would be
too long, in `functions/*.sql`, one file for each concern. Decision 0050 says what belongs where.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from shared.errors import CrmError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SHARED = Path(__file__).parents[2]

# An arbitrary number, the same for every runner on this database. A backup holds the same lock, shared.
LOCK_KEY = 0x5741_524D
# A longer wait for a table that another session holds would queue every request behind the migration.
_LOCK_TIMEOUT_MS = 10_000
_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")

# Of an area's files, the one whose statements lock tables.
_TRIGGERS = "triggers.sql"
_UNDEFINED_FUNCTION = "42883"

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


class MigrationFailed(CrmError):
    """The database could not be brought up to date."""

    code = "migration_failed"


class Connection(Protocol):
    """The part of pg8000's native connection that this module uses: a script without parameters, or one statement with some."""

    def run(self, sql: str, **params: object) -> Sequence[Sequence[object]] | None:
        """Run `sql` and return its rows."""
        ...


@dataclass(frozen=True)
class SqlFile:
    """A file of SQL. Its checksum ignores line endings, which a checkout on Windows changes."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@dataclass(frozen=True)
class Migration(SqlFile):
    """One numbered file.

    Attributes:
        superseded: checksums of earlier texts of the file, whose differences the files behind it and the functions make up for.
    """

    superseded: frozenset[str] = frozenset()

    def is_what_was_applied(self, checksum: object) -> bool:
        """Whether a ledger's checksum is that of this file's text, or of an earlier one."""
        return checksum == self.checksum or checksum in self.superseded


def read_migrations(folder: Path = SHARED) -> list[Migration]:
    """Read the numbered files of `folder`/migrations in the order of their numbers.

    Raises:
        MigrationFailed: a file is not named `NNNN_words.sql`, or two files share a number.
    """
    numbers: dict[str, str] = {}
    migrations = []
    record = folder / "migrations" / "superseded.json"
    superseded = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    for path in sorted(folder.glob("migrations/*.sql")):
        match = _FILE_NAME.fullmatch(path.name)
        if match is None:
            raise MigrationFailed(f"{path.name!r} is not named like 0001_what_it_does.sql; rename it.")
        other = numbers.setdefault(match[1], path.name)
        if other != path.name:
            raise MigrationFailed(f"{other!r} and {path.name!r} share the number {match[1]}; renumber the newer one.")
        earlier = frozenset(superseded.get(path.stem, ()))
        migrations.append(Migration(path.stem, path.read_text(encoding="utf-8"), earlier))
    return migrations


def read_functions(folder: Path = SHARED) -> list[SqlFile]:
    """Read every area's files of functions, then every area's triggers.sql; each named like "graph/functions/network.sql".

    Raises:
        MigrationFailed: an area has both a file and a folder of functions.
    """
    concerns = sorted(folder.glob("**/functions/*.sql"))
    for path in concerns:
        if path.parent.with_suffix(".sql").exists():
            area = path.parent.parent.relative_to(folder).as_posix()
            raise MigrationFailed(
                f"shared/{area} has functions.sql and functions/{path.name}; move the file into the folder."
            )
    paths = [*sorted([*folder.glob("**/functions.sql"), *concerns]), *sorted(folder.glob(f"**/{_TRIGGERS}"))]
    return [SqlFile(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def migrate(
    connection: Connection,
    *,
    folder: Path = SHARED,
    log: Callable[[str], None] = lambda _line: None,
) -> list[str]:
    """Apply what is missing or has changed; leave an up-to-date database as it is.

    Each numbered file runs in its own transaction together with its line in the ledger: after a failure the earlier files are
    applied, and nothing of the failed one. The functions of all areas then run in one transaction. A second runner waits for the
    first and then finds nothing to do.

    Args:
        connection: connection of the role that is to own the schema, not inside a transaction.
        folder: folder of migrations/ and of the areas.
        log: called with one line for each applied file.

    Returns:
        Names of the files applied now, in order; e.g. `["0001_users", "teams/functions.sql"]`. Of the areas' files, those that are
        new or have changed.

    Raises:
        MigrationFailed: an applied file was edited since, or a file failed; the message names it.
    """
    migrations = read_migrations(folder)
    # A time-out meant for requests must not end the wait below either.
    connection.run("set statement_timeout = 0")
    connection.run(f"select pg_advisory_lock({LOCK_KEY})")
    try:
        connection.run(LEDGER)
        applied = {
            str(name): checksum for name, checksum in connection.run("select name, checksum from crm.migrations") or ()
        }
        _refuse_edited(migrations, applied)
        missing = [migration for migration in migrations if migration.name not in applied]
        for migration in missing:
            with _transaction(connection):
                apply(connection, migration)
            log(f"applied {migration.name}")
        changed: list[str] = []
        # A database of a later release keeps the functions that belong to its tables.
        if applied.keys() <= {migration.name for migration in migrations}:
            changed = _update_functions(connection, read_functions(folder), even_unchanged=bool(missing))
        for name in changed:
            log(f"applied {name}")
    finally:
        with suppress(Exception):  # a dead connection holds no lock, and its own error is the one to raise
            connection.run(f"select pg_advisory_unlock({LOCK_KEY})")
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
        try:
            connection.run(str(grant))
        except Exception as error:
            raise MigrationFailed(f"crm_app could not be granted to {user}: {_reason(error, str(grant))}") from error
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
    _run(connection, migration.sql, f"{migration.name}.sql")
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
    waiting = [file for file in files if not file.name.endswith(_TRIGGERS) or applied.get(file.name) != file.checksum]
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
            _run(connection, file.sql, f"shared/{file.name}")
        except MigrationFailed as error:
            if _fields(error.__cause__).get("C") != _UNDEFINED_FUNCTION:
                raise
            connection.run("rollback to savepoint file")
            waiting[file] = error
        connection.run("release savepoint file")
    if len(waiting) == len(files):
        raise waiting[files[0]]
    return list(waiting)


def _update_functions(connection: Connection, files: list[SqlFile], *, even_unchanged: bool) -> list[str]:
    """Apply the areas' files if one of them is new, changed or gone, or where that is asked for; return the names of the changed ones."""
    rows = connection.run("select name, checksum from crm.function_files") or ()
    applied = {str(name): checksum for name, checksum in rows}
    changed = [file.name for file in files if applied.get(file.name) != file.checksum]
    if even_unchanged or changed or len(applied) != len(files):
        with _transaction(connection):
            apply_functions(connection, files, applied)
    return changed


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.run("begin")
    try:
        connection.run(f"set local lock_timeout = {_LOCK_TIMEOUT_MS}")
        yield
        connection.run("commit")
    except BaseException:
        with suppress(Exception):  # a dead connection has rolled back already
            connection.run("rollback")
        raise


def _run(connection: Connection, sql: str, name: str) -> None:
    try:
        connection.run(sql)
    except Exception as error:
        raise MigrationFailed(f"{name} failed and left nothing behind: {_reason(error, sql)}") from error


def _fields(error: BaseException | None) -> dict[str, object]:
    fields = error.args[0] if error and error.args else None
    return fields if isinstance(fields, dict) else {}


def _reason(error: Exception, sql: str) -> str:
    """Return the server's own sentences. pg8000 raises its fields as one dict: M message, D detail, H hint, P position."""
    fields = _fields(error)
    if not fields:
        return str(error)
    sentences = [str(fields[key]) for key in ("M", "D", "H") if key in fields]
    if "P" in fields:
        sentences.insert(0, f"line {sql.count(chr(10), 0, int(str(fields['P'])) - 1) + 1}:")
    return " ".join(sentences)
