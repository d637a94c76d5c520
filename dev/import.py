"""Imports a file of contacts into the running local stack: `python -m dev.import FILE`."""  # noqa: N999 - what is typed

from __future__ import annotations

from dev.importing import main

if __name__ == "__main__":
    main()
