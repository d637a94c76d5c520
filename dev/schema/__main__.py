"""Write shared/schema.sql: `python -m dev.schema` (`make types`)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from dev.processes import StackError, data_folder
from dev.schema.dump import PATH, dump
from dev.servers import servers
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.migration_files import MigrationFailed
from shared.plumbing.postgres.owner import connected


def rendered() -> str:
    """Return the schema of a new database, made on a throwaway server."""
    with tempfile.TemporaryDirectory(prefix="warmpath-schema-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # as root, the server runs as another user, who must pass through
        with data_folder(folder), servers(folder, redis=False, throwaway=True) as running:
            assert running.postgres is not None
            with connected(running.postgres.url()) as owner:
                migrate(owner)
                return dump(owner)


if __name__ == "__main__":
    try:
        PATH.write_text(rendered(), encoding="utf-8")
    except (StackError, MigrationFailed) as error:
        sys.exit(f"warmpath: {error}")
    print(f"wrote {PATH.relative_to(Path.cwd()) if PATH.is_relative_to(Path.cwd()) else PATH}")
