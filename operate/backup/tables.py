"""Copying tables between a database and a backup, in the order of their references."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from operate.backup.archive import BadBackup, Manifest, Table
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.migrate import hold_schema
from shared.plumbing.postgres.migration_files import read_migrations
from shared.plumbing.postgres.owner import connected

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    import pg8000.native

    from operate.backup.archive import Reader, Writer
    from shared.plumbing.postgres.sql import Query

QUERIES = sql.load(__file__)

# The output of COPY depends on these settings. With row_security off a role that does not see all rows fails, instead of
# leaving some out.
SESSION = """
set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'; set datestyle = 'ISO';
set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 1; set client_encoding = 'UTF8';
set row_security = off; set search_path = crm, public
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table of the database; names are quoted where needed.

    Attributes:
        columns: columns that are saved.
        key: columns of the primary key.
        numbered: identity columns.
        refers_to: tables that must be filled before this one.
    """

    columns: list[str]
    key: list[str]
    numbered: list[str]
    refers_to: list[str]


@contextlib.contextmanager
def operator(url: str, *, shared: bool) -> Iterator[pg8000.native.Connection]:
    """Open the owner's connection, while no migration runs.

    Args:
        url: URL of the database.
        shared: whether other backups may run at the same time.
    """
    with connected(url) as connection:
        connection.run(SESSION)
        hold_schema(connection, shared=shared)
        yield connection  # the lock ends with the connection


@contextlib.contextmanager
def transaction(connection: pg8000.native.Connection, kind: str = "") -> Iterator[None]:
    """Run the block as one transaction."""
    connection.run(f"begin {kind}")
    try:
        yield
    except BaseException:
        with contextlib.suppress(Exception):  # the server rolls back the transaction of a dead connection
            connection.run("rollback")
        raise
    connection.run("commit")


def ask(connection: pg8000.native.Connection, query: Query, **parameters: Any) -> list[list[Any]]:
    """Run a named query and return its rows."""
    return connection.execute_unnamed(query.text, tuple(parameters[name] for name in query.parameters)).rows or []


def shapes(connection: pg8000.native.Connection) -> dict[str, Shape]:
    """Return all tables of the schema by name, each after those that it refers to."""
    found = {name: Shape(*rest) for name, *rest in ask(connection, QUERIES.tables)}
    order = TopologicalSorter({name: sorted(shape.refers_to) for name, shape in sorted(found.items())}).static_order()
    return {name: found[name] for name in order}


def save(
    connection: pg8000.native.Connection,
    writer: Writer,
    *,
    conditions: Mapping[str, str] | None = None,
    user: str | None = None,
    files: Iterable[str] = (),
) -> Manifest:
    """Write tables as of one moment, however long the writing takes.

    Args:
        connection: connection of `operator`, in a transaction of isolation level repeatable read.
        writer: writer of the backup.
        conditions: conditions on the rows, by table; None: all rows of all tables.
        user: id of the user, in a backup of one user.
        files: names of the files in the backup.
    """
    tables = []
    for name, shape in shapes(connection).items():
        if conditions is not None and name not in conditions:
            continue
        # Rows of one user are restored among those of others and numbered again, in the same order.
        columns = [column for column in shape.columns if conditions is None or column not in shape.numbered]
        order = shape.key if conditions is None else [*shape.numbered, *shape.key]
        where = f" where {conditions[name]}" if conditions is not None else ""
        rows = f"select {', '.join(columns)} from crm.{name}{where} order by {', '.join(order)}"  # noqa: S608 - of the catalogue
        with writer.rows(name) as target:
            connection.execute_unnamed(f"copy ({rows}) to stdout", stream=target)
        tables.append(Table(name, columns, target.count, target.sha256))
    manifest = Manifest(
        user=user,
        saved_at=ask(connection, QUERIES.now)[0][0],
        postgres=ask(connection, QUERIES.postgres)[0][0],
        migrations=dict(ask(connection, QUERIES.migrations)),
        # Sequences are not part of the snapshot: read last, their values are not less than those in the rows.
        sequences=dict(ask(connection, QUERIES.sequences)) if conditions is None else {},
        tables=tables,
        files=list(files),
    )
    writer.finish(manifest)
    return manifest


def load(
    connection: pg8000.native.Connection,
    reader: Reader,
    *,
    only: Container[str] | None = None,
    into: Callable[[str], str] = "crm.{}".format,
) -> None:
    """Copy tables into a database with the backup's schema, inside the caller's transaction.

    Args:
        connection: connection of `operator`.
        reader: reader of the backup.
        only: names of the tables to copy; None: all.
        into: returns the name of the target for the name of a table.

    Raises:
        BadBackup: the backup does not fit the schema that its manifest names.
    """
    known = shapes(connection)
    for table in reader.manifest.tables:
        if only is not None and table.name not in only:
            continue
        if table.name not in known or not set(table.columns) <= set(known[table.name].columns):
            raise BadBackup(f"the backup's table {table.name} does not fit the schema")
        statement = f"copy {into(table.name)} ({', '.join(table.columns)}) from stdin"
        copied = connection.execute_unnamed(statement, stream=reader.rows(table)).row_count
        if copied != table.rows:
            raise BadBackup(f"the backup should have {table.rows} rows of {table.name}, not {copied}")


def check_known(manifest: Manifest) -> None:
    """Make sure that this version of Warmpath knows the schema of a backup.

    Raises:
        BadBackup: a later version of Warmpath made the backup, or a migration was edited.
    """
    known = {migration.name: migration for migration in read_migrations()}
    unknown = sorted(set(manifest.migrations) - set(known))
    if unknown:
        raise BadBackup(
            f"a later version of Warmpath made this backup (its schema has {unknown[-1]}): update, then restore it"
        )
    edited = sorted(
        name for name, checksum in manifest.migrations.items() if not known[name].is_what_was_applied(checksum)
    )
    if edited:
        raise BadBackup(f"{edited[0]}.sql is not what it was when this backup was made: restore the file first")
