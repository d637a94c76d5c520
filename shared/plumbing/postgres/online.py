"""Numbered files that run outside a transaction: indexes on grown tables are built while everybody goes on reading and writing.

Such a file begins with the line `-- outside a transaction`. Its statements run one by one, and what is done stays done. A run that
was interrupted is followed by one from the beginning of the file, so each statement must bear being repeated. Of an index that an
interrupted run left invalid the runner sees to that: it is dropped and built again.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from shared.plumbing.postgres.migration_files import MigrationFailed
from shared.plumbing.postgres.scripts import LOCK_TIMEOUT_MS, patiently, run_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shared.plumbing.postgres.migration_files import Migration
    from shared.plumbing.postgres.scripts import Connection

# Comments and quoted text may contain semicolons; a semicolon outside of them ends a statement.
_PART = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)|[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|\"[^\"]*\"|(?P<tag>\$\w*\$).*?(?P=tag)|(?P<end>;)",
    re.DOTALL,
)
_CONCURRENTLY = re.compile(r"\bconcurrently\s+", re.IGNORECASE)
# At the end of each batch of a `do` block.
_COMMIT = re.compile(r"^\s*commit;", re.IGNORECASE | re.MULTILINE)
_BUILDS_INDEX = re.compile(r"\s*create\s+(unique\s+)?index\s+concurrently\b", re.IGNORECASE)
_INDEX = re.compile(
    r"(?P<lines>\s*)create\s+(?P<unique>unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+(?P<name>\w+)"
    r"\s+on\s+crm\.(?P<table>\w+)(?P<rest>\W.*)",
    re.IGNORECASE | re.DOTALL,
)
# Longer names are cut by the server, and two cut names could be the same.
_NAME_LENGTH = 63

_PARTITIONS = """
select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = to_regclass('crm.' || :name) order by c.relname
"""
_IS_INVALID = """
select from pg_index i join pg_class c on c.oid = i.indexrelid
where c.oid = to_regclass('crm.' || :name) and c.relkind = 'i' and not i.indisvalid
"""


def apply_outside(connection: Connection, migration: Migration, log: Callable[[str], None]) -> None:
    """Run a file outside a transaction.

    Args:
        connection: connection of the schema's owner, not inside a transaction.
        migration: the file.
        log: called with one line for each pause and for each index that is built again.

    Raises:
        MigrationFailed: a statement failed; those before it stay applied, and the next run begins with the first.
    """
    for number, statement in enumerate(statements(migration.sql), 1):
        failed = f"{migration.name}.sql failed at statement {number}; the next run goes on from what is done"
        patiently(partial(_run, connection, statement, failed, log), f"{migration.name}.sql", log)
    connection.run("reset lock_timeout")


def apply_inside(connection: Connection, migration: Migration) -> None:
    """Run the same statements in the caller's transaction, for a schema that nobody uses yet; a block of batches commits none."""
    failed = f"{migration.name}.sql failed and left nothing behind"
    for statement in statements(migration.sql):
        for step in _steps(connection, statement):
            run_script(connection, _COMMIT.sub("", _CONCURRENTLY.sub("", step)), failed)


def statements(sql: str) -> Iterator[str]:
    """Split a script; each statement keeps its line numbers, by line breaks in front of it, and loses its comments."""
    text, begins_at, end = "", 0, 0
    for part in _PART.finditer(sql):
        text += sql[end : part.start()]
        end = part.end()
        if part["end"]:
            if text.strip():
                yield "\n" * begins_at + text
            text, begins_at = "", sql.count("\n", 0, end)
        else:
            text += "\n" * part[0].count("\n") if part["comment"] else part[0]
    text += sql[end:]
    if text.strip():
        yield "\n" * begins_at + text


def _run(connection: Connection, statement: str, failed: str, log: Callable[[str], None]) -> None:
    for step in _steps(connection, statement, log):
        # Building an index concurrently waits for transactions that began before, and nobody waits for it meanwhile.
        timeout_ms = 0 if _CONCURRENTLY.search(step) else LOCK_TIMEOUT_MS
        connection.run(f"set lock_timeout = {timeout_ms}")
        run_script(connection, step, failed)


def _steps(connection: Connection, statement: str, log: Callable[[str], None] = lambda _line: None) -> Iterator[str]:
    """Return what to run for a statement; an index on a partitioned table is built on each partition, and then put together."""
    index = _INDEX.fullmatch(statement)
    if index is None:
        if _BUILDS_INDEX.match(statement):
            raise MigrationFailed(
                f"{' '.join(statement.split())[:80]!r} cannot be repeated after an interruption; "
                "write it as `create index concurrently if not exists name on crm.table ...`."
            )
        yield statement
        return
    name, table = index["name"], index["table"]
    partitions = [str(partition) for (partition,) in connection.run(_PARTITIONS, name=table) or ()]
    parts = {f"{name}_{part.removeprefix(f'{table}_')}": part for part in partitions}
    if too_long := [each for each in (name, *parts) if len(each) > _NAME_LENGTH]:
        raise MigrationFailed(
            f"the index {too_long[0]!r} has a name of more than {_NAME_LENGTH} characters; shorten it."
        )
    create = f"{index['lines']}create {index['unique'] or ''}index"
    for each, its_table in (parts or {name: table}).items():
        if connection.run(_IS_INVALID, name=each):
            log(f"index {each} is not complete; building it again")
            yield f"drop index concurrently if exists crm.{each}"
        yield f"{create} concurrently if not exists {each} on crm.{its_table}{index['rest']}"
    if parts:
        yield f"{create} if not exists {name} on only crm.{table}{index['rest']}"
    for part in parts:
        yield f"alter index crm.{name} attach partition crm.{part}"
