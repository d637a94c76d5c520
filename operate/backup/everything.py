"""Backup of everything: every table at one moment, and what the local stack keeps beside its database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dev.issuer import KEY_FILE
from dev.mailbox import FOLDER as MAILBOX_FOLDER
from dev.processes import StackError, secret_file
from operate.backup.archive import BadBackup
from operate.backup.tables import QUERIES, ask, check_known, load, operator, save, shapes, transaction
from shared.plumbing.postgres.migrate import LEDGER, apply, read_migrations

if TYPE_CHECKING:
    from pathlib import Path

    import pg8000.native

    from operate.backup.archive import Manifest, Reader, Writer

ONE_MOMENT = "isolation level repeatable read read only"
# Names of files that a backup may bring; nothing else is written, whatever it says.
BESIDE = re.compile(rf"{re.escape(KEY_FILE)}|{re.escape(MAILBOX_FOLDER)}/\d{{20}}\.json")


def save_everything(url: str, writer: Writer, folder: Path | None) -> Manifest:
    """Write a backup while everything goes on; only migrations wait until it is done.

    Args:
        url: of the database, as the owner of the schema.
        writer: of the backup.
        folder: the local stack's, whose token key and mailbox are saved, too. Redis holds nothing that lasts.

    Raises:
        StackError: there is nothing to save.
    """
    with operator(url, shared=True) as connection:
        if not ask(connection, QUERIES.is_installed)[0][0]:
            raise StackError("this database has no Warmpath in it")
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
    """Make the schema as it was, fill it, and brings it up to date: all in one transaction.

    Args:
        url: of the database, as the role that owns the schema or is to.
        reader: of the backup.
        replace: whether what is there may go.

    Returns:
        Names of the migrations that the backup did not have yet.

    Raises:
        StackError: somebody is there already, or the backup is of a later Warmpath.
    """
    check_known(reader.manifest)
    migrations = read_migrations()
    missing = [migration for migration in migrations if migration.name not in reader.manifest.migrations]
    with operator(url, shared=False) as connection:
        with transaction(connection):
            _make_room(connection, replace=replace)
            connection.run(LEDGER)
            for migration in migrations:
                if migration.name in reader.manifest.migrations:
                    apply(connection, migration)
            _fill(connection, reader)
            for migration in missing:
                apply(connection, migration)
        for name in shapes(connection):  # the first question should not find tables without statistics
            connection.run(f"vacuum (analyze) crm.{name}")
    return [migration.name for migration in missing]


def _make_room(connection: pg8000.native.Connection, *, replace: bool) -> None:
    if ask(connection, QUERIES.is_installed)[0][0] and not replace:
        ((users,),) = ask(connection, QUERIES.count_users)
        if users:
            raise StackError(
                f"this database has {users:,} user{'s' * (users > 1)}: restore into an empty one, or say --replace (with make: REPLACE=yes) and all of it goes"
            )
    connection.run("drop schema if exists crm cascade")


def _fill(connection: pg8000.native.Connection, reader: Reader) -> None:
    """Put the rows in place of what the migrations wrote themselves; no trigger adds to them or take them for news."""
    names = [table.name for table in reader.manifest.tables]
    known = shapes(connection)
    for name in (name for name in names if name in known):
        connection.run(f"alter table crm.{name} disable trigger user")
    connection.run("truncate " + ", ".join(f"crm.{name}" for name in names if name in known))
    load(connection, reader)
    for name in names:
        connection.run(f"alter table crm.{name} enable trigger user")
    for name, value in reader.manifest.sequences.items():
        ask(connection, QUERIES.set_sequence, name=name, value=value)


def restore_files(folder: Path, reader: Reader) -> None:
    """Put the token key and the mailbox of a local stack into its data folder, in place of what is there.

    Raises:
        BadBackup: it brings something else.
    """
    for name in reader.manifest.files:
        if not BESIDE.fullmatch(name):
            raise BadBackup(f'the backup brings a file "{name}", which no backup has')
    if not reader.manifest.files:
        return
    mailbox = folder / MAILBOX_FOLDER
    mailbox.mkdir(exist_ok=True)
    for path in mailbox.glob("*.json"):
        path.unlink()
    for name in reader.manifest.files:
        secret_file(folder / name, reader.file(name).decode())
