"""Migrations expand before they contract: while a deployment goes on, and after a rollback, the release before runs on the new schema."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev.schema.dump import PATH, dump
from shared.plumbing.postgres.migrate import LEDGER, apply, apply_functions, migrate
from shared.plumbing.postgres.migration_files import read_functions, read_migrations
from shared.plumbing.postgres.sql import Queries
from tests.conftest import connected
from tests.contract.test_queries import UNPREPARABLE

if TYPE_CHECKING:
    import pg8000.native

ROOT = Path(__file__).parents[2]


def git(*arguments: str) -> bytes:
    """What git answers; empty where there is no repository or no such thing in it."""
    try:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return b""


def previous_release() -> str:
    """The tag before this commit, or before the first release the commit before; empty in a copy without history."""
    tag = git("describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD~1").decode().strip()
    return tag or git("rev-parse", "--verify", "--quiet", "HEAD~1").decode().strip()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the previous release."""
    release = previous_release()
    if not release:
        pytest.skip("a copy without history knows no release before")
    folder = tmp_path_factory.mktemp("previous")
    with tarfile.open(fileobj=io.BytesIO(git("archive", release, "shared"))) as archive:
        archive.extractall(folder, filter="data")
    return folder


def test_the_queries_of_the_previous_release_fit_the_new_schema(owner: pg8000.native.Connection, before: Path) -> None:
    owner.run("set search_path = crm, public")
    faults, prepared = [], 0
    for path in sorted(before.glob("shared/**/queries.sql")):
        for query in Queries(path):
            if UNPREPARABLE.match(query.text) or "pg_temp." in query.text:
                continue
            try:
                owner.run(f"prepare checked as {query.text}")
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told with the query's name
                faults.append(f"{path.parent.name}.{query.name}: {error}")
            else:
                owner.run("deallocate checked")
                prepared += 1
    assert faults == []
    assert prepared > 50  # an empty archive would pass as well


def test_the_functions_of_the_previous_release_fit_the_new_schema(
    owner: pg8000.native.Connection, before: Path
) -> None:
    """They are what runs between the last numbered file and the new functions, and after an older migration was called again."""
    owner.run("begin")
    try:
        apply_functions(owner, read_functions(before / "shared"), applied={})
    finally:
        owner.run("rollback")


def test_a_migration_of_the_previous_release_is_as_it_was_or_its_old_text_is_known(before: Path) -> None:
    now = {migration.name: migration for migration in read_migrations()}
    for old in read_migrations(before / "shared"):
        assert old.name in now, f"{old.name}.sql is gone"
        assert now[old.name].is_what_was_applied(old.checksum), f"{old.name}.sql was edited after it was released"


@pytest.mark.parametrize("share", [0.5, 1])
def test_a_database_of_the_previous_release_is_brought_up_to_date_wherever_it_stopped(
    empty_url: str, before: Path, share: float
) -> None:
    migrations, functions = read_migrations(before / "shared"), read_functions(before / "shared")
    with connected(empty_url) as owner:
        owner.run(LEDGER)
        for migration in migrations[: round(len(migrations) * share)]:
            apply(owner, migration)
        if share == 1 and functions:
            owner.run("begin")
            apply_functions(owner, functions, applied={})
            owner.run("commit")
        migrate(owner)
        assert dump(owner).splitlines() == PATH.read_text(encoding="utf-8").splitlines()
