"""Backup of everything: every table at one moment, and the files that the local stack keeps beside its database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dev.issuer import KEY_FILE
from dev.mailbox import FOLDER as MAILBOX_FOLDER
from dev.processes import StackError, secret_file
from operate.backup.archive import BadBackup
from operate.backup.tables import QUERIES, ask, check_known, load, operator, save, shapes, transaction
from shared.plumbing.postgres.migrate import LEDGER, apply, apply_functions
from shared.plumbing.postgres.migration_files import read_functions, read_migrations

if TYPE_CHECKING:
    from pathlib import Path

    import pg8000.native

    from operate.backup.archive import Manifest, Reader, Writer

ONE_MOMENT = "isolation level repeatable read read only"
# Names of the files that a backup may contain; no other file is written.
BESIDE = re.compile(rf"{re.escape(KEY_FILE)}|{re.escape(MAILBOX_FOLDER)}/\d{{20}}\.json")


def save_everything(url: str, writer: Writer, folder: Path | None) -> Manifest:
    """Write a backup while the product runs; only migrations wait for its end.

    Args:
        url: URL of the database, as the owner of the schema.
        writer: writer of the backup.
        folder: data folder of the local stack, whose token key and mailbox are saved, too; None without one. Redis holds
            no lasting data.

    Raises:
        StackError: the database has no Warmpath schema.
    """
    with operator(url, shared=True) as connection:
        if not ask(connection, QUERIES.is_installed)[0][0]:
            raise StackError("this database has no Warmpath schema: check DATABASE_URL")
        with transaction(connection, ONE_MOMENT):
            files = _files(folder) if folder else []
            for name in files:
                assert folder is not None
                writer.file(name, (folder / name).read_bytes())
            return save(connection, writer, files=files)


def _files(folder: Path) -> list[str]:
    key = [KEY_FILE] if (folder / KEY_FILE).exists() else []
    return [*key, *sorted(f"{MAILBOX_FOLDER}/{path.name}" for path in (folder / MAILBOX_FOLDER).glob("*.json"))]


def restore_everything(url: str, reader: Reader, *, replace: bool = False) -> list[str]:
    """Make the schema of the backup, fill it, and apply newer migrations: all in one transaction.

    Args:
        url: URL of the database, as the role that owns the schema or is to own it.
        reader: reader of the backup.
        replace: whether present users may be deleted.

    Returns:
        Names of the migrations that the backup did not have yet.

    Raises:
        StackError: the database has users, or a later version of Warmpath made the backup.
    """
    check_known(reader.manifest)
    migrations = read_migrations()
    missing = [migration for migration in migrations if migration.name not in reader.manifest.migrations]
    with operator(url, shared=False) as connection:
        with transaction(connection):
            _drop_schema(connection, replace=replace)
            connection.run(LEDGER)
            for migration in migrations:
                if migration.name in reader.manifest.migrations:
                    apply(connection, migration)
            _fill(connection, reader)
            for migration in missing:
                apply(connection, migration)
            apply_functions(connection, read_functions(), applied={})
            ask(connection, QUERIES.renew_feed)
        for name in shapes(connection):  # the first queries need statistics of the tables
            connection.run(f"vacuum (analyze) crm.{name}")
    return [migration.name for migration in missing]


def _drop_schema(connection: pg8000.native.Connection, *, replace: bool) -> None:
    if ask(connection, QUERIES.is_installed)[0][0] and not replace:
        ((users,),) = ask(connection, QUERIES.count_users)
        if users:
            raise StackError(
                f"this database has {users:,} user{'s' * (users > 1)}: restore into an empty one, or delete them with --replace (with make: REPLACE=yes)"
            )
    connection.run("drop schema if exists crm cascade")


def _fill(connection: pg8000.native.Connection, reader: Reader) -> None:
    """Replace the rows that the migrations wrote by those of the backup; triggers, which would add rows or events, are attached later."""
    known = shapes(connection)
    names = [table.name for table in reader.manifest.tables if table.name in known]
    connection.run("truncate " + ", ".join(f"crm.{name}" for name in names))
    load(connection, reader)
    for name, value in reader.manifest.sequences.items():
        ask(connection, QUERIES.set_sequence, name=name, value=value)


def restore_files(folder: Path, reader: Reader) -> None:
    """Replace the token key and the mailbox in the data folder of a local stack by those of the backup.

    Raises:
        BadBackup: the backup contains any other file.
    """
    for name in reader.manifest.files:
        if not BESIDE.fullmatch(name):
            raise BadBackup(f'the backup contains the file "{name}", which Warmpath does not write: do not use it')
    if not reader.manifest.files:
        return
    mailbox = folder / MAILBOX_FOLDER
    mailbox.mkdir(exist_ok=True)
    for path in mailbox.glob("*.json"):
        path.unlink()
    for name in reader.manifest.files:
        secret_file(folder / name, reader.file(name).decode())
