"""Imports a file of contacts into the running local stack: `python -m dev.import FILE`, with any Python."""  # noqa: N999 - what is typed

from __future__ import annotations

import os
import sys

from dev.environment import PYTHON, EnvironmentProblem, ensure


def main() -> None:
    """Becomes `dev.importing`, which needs the packages; does not return."""
    try:
        ensure("run")
    except EnvironmentProblem as problem:
        sys.exit(f"warmpath: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
    os.execv(PYTHON, [str(PYTHON), "-m", "dev.importing", *sys.argv[1:]])  # noqa: S606 - goes on there, as the same process


if __name__ == "__main__":
    main()
