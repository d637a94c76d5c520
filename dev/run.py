"""`make run`: the whole product on this machine, from nothing to `ready: http://localhost:8080`, until Ctrl-C.

Makes the Python environment when it is missing, then becomes `dev.stack`, which needs it.
"""

from __future__ import annotations

import os
import sys

from dev.environment import PROJECT, PYTHON, EnvironmentProblem, ensure


def main() -> None:
    """Does both; does not return."""
    try:
        ensure("run")
    except EnvironmentProblem as problem:
        sys.exit(f"warmpath: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
    os.chdir(PROJECT)
    os.execv(PYTHON, [str(PYTHON), "-m", "dev.stack"])  # noqa: S606 - goes on there, as the same process


if __name__ == "__main__":
    main()
