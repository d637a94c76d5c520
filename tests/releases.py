"""Databases as earlier releases left them; how they were made: tests/fixtures/releases/README.md."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.conftest import connected

RELEASES = sorted(path.parent for path in (Path(__file__).parent / "fixtures" / "releases").glob("*/dump.sql.gz"))


def bring(url: str, release: Path) -> None:
    """Fill an empty database with the data of a release."""
    with connected(url) as owner:
        owner.run("create extension pg_trgm schema public; create extension unaccent schema public")
        owner.run(gzip.decompress((release / "dump.sql.gz").read_bytes()).decode())
