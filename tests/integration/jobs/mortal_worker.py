"""A worker of jobs that is killed (SIGKILL), run by `test_kills.py`.

Usage: mortal_worker.py USER_ID JOB_ID [COMMIT]

It says "ready", waits for a line, and works. With a number it kills itself before that commit, when the most is done that is not kept; otherwise
whoever started it does so, at any moment. Parts are small, so that a job has many steps.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any
from uuid import UUID

from shared.bulk import work as bulk
from shared.contacts.merging import work as merging
from shared.edge.deps import deps
from shared.edge.jobs import make_kinds
from shared.jobs.service import Jobs
from shared.plumbing.postgres.connection import Connection

PART, GROUPS = 100, 3


def die_before(commit: int) -> None:
    """End this process before its n-th commit."""
    execute, reached = Connection.execute, 0

    def executed(self: Connection, preamble: Any, text: str, values: Any) -> Any:
        nonlocal reached
        reached += text == "commit"
        if text == "commit" and reached == commit:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(self, preamble, text, values)

    Connection.execute = executed  # type: ignore[method-assign]  # death stands around it


if __name__ == "__main__":
    bulk.PART, merging.GROUPS = PART, GROUPS
    jobs = Jobs(deps().database, make_kinds(deps()))
    with deps().database.read(None):  # connected
        pass
    print("ready", flush=True)
    sys.stdin.readline()
    if len(sys.argv) > 3:
        die_before(int(sys.argv[3]))
    jobs.work(UUID(sys.argv[1]), UUID(sys.argv[2]))
    print("ended", flush=True)
