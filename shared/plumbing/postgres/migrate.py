"""Apply the numbered SQL files of `shared/migrations` to a database, each once, in order."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from shared.errors import CrmError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MIGRATIONS = Path(__file__).parents[2] / "migrations"

# An arbitrary number, the same for every runner on this database. A backup holds the same lock, shared.
LOCK_KEY = 0x5741_524D
# A longer wait for a table that another session holds would queue every request behind the migration.
_LOCK_TIMEOUT_MS = 10_000
_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")

# Checksums of earlier texts that databases may have applied. 0011 was edited once after it had landed, and 0017 makes up for
# it; a fixture of tests/fixtures/releases fails at the next such edit.
SUPERSEDED = {"0011_path_search": "661816242fa8b2912ab1ff9975fc1f15231b93b5a691099550e33a0620832ae3"}

LEDGER = """
do $$ begin
    if to_regnamespace('crm') is null then create schema crm; end if;
    if to_regclass('crm.migrations') is null then
        create table crm.migrations (
            name text primary key, checksum text not null, applied_at timestamptz not null default now()
        );
    end if;
end $$
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
class Migration:
    """One numbered file. Its checksum ignores line endings, which a checkout on Windows changes."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.sql.encode()).hexdigest()

    def is_what_was_applied(self, checksum: object) -> bool:
        """Whether a checksum of the ledger is that of this file, or of an earlier text that later files make up for."""
        return checksum in {self.checksum, SUPERSEDED.get(self.name)}


def read_migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """Read the files of `folder` in the order of their numbers.

    Raises:
        MigrationFailed: a file is not named `NNNN_words.sql`, or two files share a number.
    """
    numbers: dict[str, str] = {}
    migrations = []
    for path in sorted(folder.glob("*.sql")):
        match = _FILE_NAME.fullmatch(path.name)
        if match is None:
            raise MigrationFailed(f"{path.name!r} is not named like 0001_what_it_does.sql; rename it.")
        other = numbers.setdefault(match[1], path.name)
        if other != path.name:
            raise MigrationFailed(f"{other!r} and {path.name!r} share the number {match[1]}; renumber the newer one.")
        migrations.append(Migration(path.stem, path.read_text(encoding="utf-8")))
    return migrations


def migrate(
    connection: Connection,
    *,
    folder: Path = MIGRATIONS,
    log: Callable[[str], None] = lambda _line: None,
) -> list[str]:
    """Apply the missing migrations; leave an up-to-date database as it is.

    Each file runs in its own transaction together with its line in the ledger: after a failure the earlier files are
    applied, and nothing of the failed one. A second runner waits for the first and then finds nothing to do.

    Args:
        connection: connection of the role that is to own the schema, not inside a transaction.
        folder: folder of the files.
        log: called with one line for each applied file.

    Returns:
        Names of the files applied now, in order; e.g. `["0001_users", "0002_contacts"]`.

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
            _apply_alone(connection, migration)
            log(f"applied {migration.name}")
    finally:
        with suppress(Exception):  # a dead connection holds no lock, and its own error is the one to raise
            connection.run(f"select pg_advisory_unlock({LOCK_KEY})")
    return [migration.name for migration in missing]


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
    """Run one file and write its line into the ledger, inside the caller's transaction."""
    connection.run(migration.sql)
    connection.run(
        "insert into crm.migrations (name, checksum) values (:name, :checksum)",
        name=migration.name,
        checksum=migration.checksum,
    )


def _apply_alone(connection: Connection, migration: Migration) -> None:
    connection.run("begin")
    try:
        connection.run(f"set local lock_timeout = {_LOCK_TIMEOUT_MS}")
        apply(connection, migration)
        connection.run("commit")
    except Exception as error:
        with suppress(Exception):  # a dead connection has rolled back already
            connection.run("rollback")
        reason = _reason(error, migration.sql)
        raise MigrationFailed(f"{migration.name}.sql failed and left nothing behind: {reason}") from error


def _reason(error: Exception, sql: str) -> str:
    """Return the server's own sentences. pg8000 raises its fields as one dict: M message, D detail, H hint, P position."""
    fields = error.args[0] if error.args else None
    if not isinstance(fields, dict):
        return str(error)
    sentences = [str(fields[key]) for key in ("M", "D", "H") if key in fields]
    if "P" in fields:
        sentences.insert(0, f"line {sql.count(chr(10), 0, int(fields['P']) - 1) + 1}:")
    return " ".join(sentences)
