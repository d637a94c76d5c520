"""Migrations expand before they contract: while a deployment goes on, and after a rollback, the release before runs on the new schema."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shared.plumbing.postgres.sql import Queries
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


def test_no_migration_of_the_previous_release_was_changed(before: Path) -> None:
    for path in sorted(before.glob("shared/migrations/*.sql")):
        now = ROOT / "shared" / "migrations" / path.name
        assert now.exists(), f"{path.name} is gone"
        assert now.read_bytes() == path.read_bytes(), f"{path.name} was edited after it was released"
        assert re.match(r"\d{4}_\w+\.sql", path.name)
