"""`make test`: the whole suite in parallel, then the tests of the database again on the Postgres versions of Cloud SQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# The version that Cloud SQL runs, and the one that it is upgraded to (docs/recovery.md); tested where they are installed.
CLOUD_SQL_VERSIONS = (15, 17)
BINARIES = "/usr/lib/postgresql/{version}/bin"


def main() -> None:
    """Run the suite; exit with the code of the first failed run."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal"]
    codes = [subprocess.run([*pytest, *sys.argv[1:]], check=False).returncode]
    for version in CLOUD_SQL_VERSIONS:
        binaries = Path(BINARIES.format(version=version))
        if not (binaries / "initdb").exists():
            continue
        print(f"\nAgain on Postgres {version}:", flush=True)
        environment = {**os.environ, "TEST_POSTGRES_BIN": str(binaries)}
        codes.append(
            subprocess.run(
                [*pytest, "tests/integration", "--ignore", "tests/integration/dev"], env=environment, check=False
            ).returncode
        )
    sys.exit(next((code for code in codes if code), 0))


if __name__ == "__main__":
    main()
