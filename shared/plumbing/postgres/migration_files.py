"""The SQL files that make the schema: the numbered migrations, and the functions and triggers of every area."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from shared.errors import CrmError

SHARED = Path(__file__).parents[2]

# The first line of a numbered file whose statements run one by one, each in its own transaction or in none.
OUTSIDE = "-- outside a transaction"

# Of an area's files, the one whose statements lock tables.
TRIGGERS = "triggers.sql"

_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


class MigrationFailed(CrmError):
    """The database could not be brought up to date."""

    code = "migration_failed"


@dataclass(frozen=True)
class SqlFile:
    """A file of SQL. Its checksum ignores line endings, which a checkout on Windows changes."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@dataclass(frozen=True)
class Migration(SqlFile):
    """One numbered file.

    Attributes:
        superseded: checksums of earlier texts of the file, whose differences the files behind it and the functions make up for.
    """

    superseded: frozenset[str] = frozenset()

    @property
    def is_outside(self) -> bool:
        """Whether the file runs outside a transaction."""
        return self.sql.splitlines()[:1] == [OUTSIDE]

    def is_what_was_applied(self, checksum: object) -> bool:
        """Whether a ledger's checksum is that of this file's text, or of an earlier one."""
        return checksum == self.checksum or checksum in self.superseded


def read_migrations(folder: Path = SHARED) -> list[Migration]:
    """Read the numbered files of `folder`/migrations in the order of their numbers.

    Raises:
        MigrationFailed: a file is not named `NNNN_words.sql`, or two files share a number.
    """
    numbers: dict[str, str] = {}
    migrations = []
    record = folder / "migrations" / "superseded.json"
    superseded = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    for path in sorted(folder.glob("migrations/*.sql")):
        match = _FILE_NAME.fullmatch(path.name)
        if match is None:
            raise MigrationFailed(f"{path.name!r} is not named like 0001_what_it_does.sql; rename it.")
        other = numbers.setdefault(match[1], path.name)
        if other != path.name:
            raise MigrationFailed(f"{other!r} and {path.name!r} share the number {match[1]}; renumber the newer one.")
        earlier = frozenset(superseded.get(path.stem, ()))
        migrations.append(Migration(path.stem, path.read_text(encoding="utf-8"), earlier))
    return migrations


def read_functions(folder: Path = SHARED) -> list[SqlFile]:
    """Read every area's files of functions, then every area's triggers.sql; each named like "graph/functions/network.sql".

    Raises:
        MigrationFailed: an area has both a file and a folder of functions.
    """
    concerns = sorted(folder.glob("**/functions/*.sql"))
    for path in concerns:
        if path.parent.with_suffix(".sql").exists():
            area = path.parent.parent.relative_to(folder).as_posix()
            raise MigrationFailed(
                f"shared/{area} has functions.sql and functions/{path.name}; move the file into the folder."
            )
    paths = [*sorted([*folder.glob("**/functions.sql"), *concerns]), *sorted(folder.glob(f"**/{TRIGGERS}"))]
    return [SqlFile(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in paths]
