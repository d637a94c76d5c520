"""Merging all sure duplicates as a job: some groups in a transaction, all of them one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.merging import duplicates, repository
from shared.jobs import repository as jobs
from shared.jobs.repository import DONE, RUNNING, Step
from shared.jobs.service import Work, queue

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from shared.jobs.repository import Job
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.redis.cache import Cache

KIND = "merge_sure_duplicates"
SCAN, MERGE = "scan", "merge"
# Groups of one transaction: each merge takes some milliseconds, and what it touches is locked until the end.
GROUPS = 50
# More pairs than any scan finds.
ALL = 2**31 - 1


def queue_merging(tx: Session) -> Job:
    """Have a worker merge all sure duplicates; return the job, whose id is that of the operation."""
    job_id = jobs.create(tx, KIND, Step(RUNNING, SCAN, 0, None, {}), {})
    queue(tx, job_id)
    return jobs.get(tx, job_id)


class SureWork(Work):
    """One worker's hold on the merging of sure duplicates.

    Args:
        user_id: whose contacts they are.
        job: the merging, as the worker took it.
        cache: kept right while contacts change.
    """

    def __init__(self, user_id: UUID, job: Job, cache: Cache) -> None:
        self._user_id = user_id
        self._id = job.id
        self._phase = job.phase
        self._done = job.done
        self._total = job.total
        self._state = {"kept": 0, "merged": 0} | job.state
        self._cache = cache

    def around(self) -> AbstractContextManager[None]:
        """Keep the cache right."""
        return self._cache.changing_contacts(self._user_id)

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the operation like a merging within a request."""
        return KIND, {}

    def step(self, tx: Session) -> Step:
        """Find the groups, or merge the next of them."""
        if self._phase == SCAN:
            groups = duplicates.sure_groups(tx, ALL)
            jobs.add_groups(tx, self._id, groups)
            self._phase, self._total = MERGE, len(groups)
            return self._step(tx, RUNNING)
        parts = jobs.take_parts(tx, self._id, GROUPS)
        for group in parts:
            merged = duplicates.merge_group(tx, group)
            self._state = {"kept": self._state["kept"] + bool(merged), "merged": self._state["merged"] + merged}
        self._done += len(parts)
        return self._step(tx, RUNNING if parts else DONE)

    def _step(self, tx: Session, status: str) -> Step:
        operation = str(self._id) if self._state["merged"] else None
        result = {"operation_id": operation, **self._state, "left": repository.scan_state(tx).sure}
        return Step(status, self._phase, self._done, self._total, self._state, result)
