"""`make test`: the whole suite in parallel, then the tests of the database again on the Postgres version of Cloud SQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CLOUD_SQL_BINARIES = Path("/usr/lib/postgresql/15/bin")


def main() -> None:
    """Run the suite; exit with the code of the first failed run."""
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
