"""`make test`: the whole suite in parallel, and what needs a database once more on the Postgres that Cloud SQL has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CLOUD_SQL_BINARIES = Path("/usr/lib/postgresql/15/bin")


def main() -> None:
    """Run the suite; its exit code is that of the first run that failed."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal"]
    codes = [subprocess.run([*pytest, *sys.argv[1:]], check=False).returncode]
    if (CLOUD_SQL_BINARIES / "initdb").exists():
        print("\nAgain on Postgres 15:", flush=True)
        environment = {**os.environ, "TEST_POSTGRES_BIN": str(CLOUD_SQL_BINARIES)}
        codes.append(
            subprocess.run(
                [*pytest, "tests/integration", "--ignore", "tests/integration/dev"], env=environment, check=False
            ).returncode
        )
    sys.exit(next((code for code in codes if code), 0))


if __name__ == "__main__":
    main()
