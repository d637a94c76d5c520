"""`make test`: the quick tests in parallel, then those of the database again on the Postgres versions of Cloud SQL.

Which tests run when: docs/decisions/0070-which-tests-run-when.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# The version that Cloud SQL runs, and the one that it is upgraded to (docs/recovery.md); tested where they are installed.
CLOUD_SQL_VERSIONS = (15, 17)
BINARIES = "/usr/lib/postgresql/{version}/bin"
# `make terraform-test` runs the plans, with more of them, in a few minutes.
APART = ("--ignore", "tests/terraform")
# On those versions: every statement prepared, the schema, and the SQL that is tested without HTTP.
AGAIN = ("tests/integration/database", "tests/contract/test_queries.py")
# In CI: the areas whose work is in SQL as well. Every night: all tests with a database but those of the local stack, which brings its own.
AGAIN_IN_CI = (*AGAIN, *(f"tests/integration/{area}" for area in ("bulk", "graph", "history", "sources")))
AGAIN_AT_NIGHT = ("tests/integration", "tests/contract/test_queries.py", "--ignore", "tests/integration/dev")


def main() -> None:
    """Run the suite; exit with the code of the first failed run."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal"]
    codes = [subprocess.run([*pytest, *APART, *sys.argv[1:]], check=False).returncode]
    for version in CLOUD_SQL_VERSIONS:
        binaries = Path(BINARIES.format(version=version))
        if not (binaries / "initdb").exists():
            continue
        print(f"\nAgain on Postgres {version}:", flush=True)
        environment = {**os.environ, "TEST_POSTGRES_BIN": str(binaries)}
        again = AGAIN_AT_NIGHT if os.environ.get("NIGHTLY") else AGAIN_IN_CI if os.environ.get("CI") else AGAIN
        codes.append(subprocess.run([*pytest, *again], env=environment, check=False).returncode)
    sys.exit(next((code for code in codes if code), 0))


if __name__ == "__main__":
    main()
