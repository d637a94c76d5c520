"""`make run`: the whole product on this machine, from nothing to `ready: http://localhost:8080`, until Ctrl-C.

This program makes the Python environment when it is missing, then becomes `dev.stack`, which needs it.
"""

from __future__ import annotations

import os

from dev.environment import PROJECT, become

if __name__ == "__main__":
    os.chdir(PROJECT)
    become("dev.stack")
