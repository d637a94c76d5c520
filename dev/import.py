"""Import a file of contacts into the running local stack: `python -m dev.import FILE`, with any Python."""  # noqa: N999 - what is typed

from __future__ import annotations

import sys

from dev.environment import become

if __name__ == "__main__":
    become("dev.importing", *sys.argv[1:])
