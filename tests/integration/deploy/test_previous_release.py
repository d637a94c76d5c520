"""Rolling back leaves the schema, so what the previous release asks of the database must work on today's."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pg8000.native
import pytest
from pg8000.exceptions import DatabaseError

from shared.plumbing.postgres.pool import url_arguments
from shared.plumbing.postgres.sql import Queries

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[3]
# Statements that cannot be prepared, or work on a table of their session; they are tested where they are used.
UNPREPARABLE = re.compile(r"^\s*(copy|create temp|analyze|truncate|drop)\b|pg_temp\.", re.IGNORECASE)


def git(*arguments: str) -> str | None:
    done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def previous_release() -> str:
    """The latest release before this state of the code; as long as there is none, the latest commit."""
    return (git("describe", "--tags", "--abbrev=0", "--match=v*", "HEAD^") or "HEAD").strip()


def queries_of(release: str, folder: Path) -> dict[str, str]:
    """Every named query of a release, by file and name."""
    listed = git("ls-tree", "-r", "--name-only", release, "shared") or ""
    found: dict[str, str] = {}
    for path in [name for name in listed.splitlines() if name.endswith("queries.sql")]:
        copy = folder / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(git("show", f"{release}:{path}") or "", encoding="utf-8")
        found |= {f"{path}:{query.name}": query.text for query in Queries(copy)}
    return found


def refused(connection: pg8000.native.Connection, queries: dict[str, str]) -> dict[str, str]:
    """Queries that the schema has no answer to, and why."""
    wrong = {}
    connection.run("set local search_path = crm, public")
    for name, text in queries.items():
        if UNPREPARABLE.search(text):
            continue
        connection.run("savepoint before")
        try:
            connection.run(f"prepare checked as {text}")
            connection.run("deallocate checked")
        except DatabaseError as error:
            wrong[name] = str(error.args[0].get("M"))
        connection.run("rollback to savepoint before")
    return wrong


@pytest.fixture
def transaction(owner_url: str) -> Iterator[pg8000.native.Connection]:
    """The owner's connection, in a transaction that is never committed."""
    connection = pg8000.native.Connection(**url_arguments(owner_url))
    connection.run("begin")
    yield connection
    connection.run("rollback")
    connection.close()


@pytest.fixture
def queries(tmp_path: Path) -> dict[str, str]:
    if git("rev-parse", "HEAD") is None:
        pytest.skip("not a git checkout, so there is no previous release to look at")
    found = queries_of(previous_release(), tmp_path)
    assert found
    return found


def test_the_previous_release_runs_on_todays_schema(
    transaction: pg8000.native.Connection, queries: dict[str, str]
) -> None:
    assert refused(transaction, queries) == {}, (
        "expand now; remove in the next release (docs/decisions/0022-rollback.md)"
    )


def test_taking_away_what_the_previous_release_reads_would_be_noticed(
    transaction: pg8000.native.Connection, queries: dict[str, str]
) -> None:
    transaction.run("alter table crm.contacts rename column company to employer")
    wrong = refused(transaction, queries)
    assert any("company" in reason for reason in wrong.values())


def test_adding_to_the_schema_is_no_hindrance(transaction: pg8000.native.Connection, queries: dict[str, str]) -> None:
    transaction.run("alter table crm.contacts add column pronouns text")
    transaction.run("create table crm.meetings (id uuid primary key)")
    assert refused(transaction, queries) == {}
