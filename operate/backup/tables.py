"""Tables between a database and a backup: all of them, in the order in which one refers to another."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from operate.backup.archive import BadBackup, Manifest, Table
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.migrate import LOCK_KEY, read_migrations
from shared.plumbing.postgres.owner import connected

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    import pg8000.native

    from operate.backup.archive import Reader, Writer
    from shared.plumbing.postgres.sql import Query

QUERIES = sql.load(__file__)

# What COPY writes depends on these; and a role that does not see all rows must fail, not leave some out.
SESSION = """
set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'; set datestyle = 'ISO';
set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 1; set client_encoding = 'UTF8';
set row_security = off; set search_path = crm, public
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as the database has it; names are quoted where they need to be.

    Attributes:
        columns: without those that are generated.
        key: of its rows.
        numbered: columns that number themselves.
        refers_to: tables that must be filled before.
    """

    columns: list[str]
    key: list[str]
    numbered: list[str]
    refers_to: list[str]


@contextlib.contextmanager
def operator(url: str, *, shared: bool) -> Iterator[pg8000.native.Connection]:
    """The owner's connection, while no migration runs.

    Args:
        url: of the database.
        shared: whether others may do so at the same time.
    """
    with connected(url) as connection:
        connection.run(SESSION)
        connection.run(f"select pg_advisory_lock{'_shared' if shared else ''}({LOCK_KEY})")
        yield connection  # the lock ends with the connection


@contextlib.contextmanager
def transaction(connection: pg8000.native.Connection, kind: str = "") -> Iterator[None]:
    """All or nothing."""
    connection.run(f"begin {kind}")
    try:
        yield
    except BaseException:
        with contextlib.suppress(Exception):  # the server undoes what a dead connection has begun
            connection.run("rollback")
        raise
    connection.run("commit")


def ask(connection: pg8000.native.Connection, query: Query, **parameters: Any) -> list[list[Any]]:
    """The rows of a named query."""
    return connection.execute_unnamed(query.text, tuple(parameters[name] for name in query.parameters)).rows or []


def shapes(connection: pg8000.native.Connection) -> dict[str, Shape]:
    """All tables of the schema by name, those first that others refer to."""
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
    """Write tables as they are at one moment, however long it takes and whatever is written meanwhile.

    Args:
        connection: from `operator`, in a transaction that sees one moment.
        writer: of the backup.
        conditions: which rows of which tables; None: all of all.
        user: whose they are.
        files: what else was written.
    """
    tables = []
    for name, shape in shapes(connection).items():
        if conditions is not None and name not in conditions:
            continue
        # Rows of one user go among those of others, where they are numbered anew, in the same order.
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
        # They are of no moment: read last, they are at least what the rows have.
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
    """Read tables into a database whose schema is the backup's, inside the caller's transaction.

    Args:
        connection: from `operator`.
        reader: of the backup.
        only: these tables; None: all that it has.
        into: what stands in for a table.

    Raises:
        BadBackup: it does not fit the schema that it says it has.
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
    """Make sure that this Warmpath knows the schema of a backup.

    Raises:
        BadBackup: a later Warmpath made it, or a migration was edited.
    """
    known = {migration.name: migration for migration in read_migrations()}
    unknown = sorted(set(manifest.migrations) - set(known))
    if unknown:
        raise BadBackup(f"a later Warmpath made this backup (its schema has {unknown[-1]}): update, then restore it")
    edited = sorted(
        name for name, checksum in manifest.migrations.items() if not known[name].is_what_was_applied(checksum)
    )
    if edited:
        raise BadBackup(f"{edited[0]}.sql is not what it was when this backup was made: restore the file first")
