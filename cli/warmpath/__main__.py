"""`python -m warmpath`."""

from __future__ import annotations

from warmpath.program import main

if __name__ == "__main__":
    main()
