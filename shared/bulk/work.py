"""A change of thousands of contacts as a job: part by part, each part committed with how far the job is; all parts are one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.bulk import repository, service
from shared.bulk.service import Change, Failure, Outcome
from shared.history import repository as history
from shared.jobs import repository as jobs
from shared.jobs.repository import DONE, RUNNING, Step
from shared.jobs.service import Work, queue

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from shared.bulk.models import BulkChange
    from shared.contacts.repository import Filters
    from shared.jobs.repository import Job
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.redis.cache import Cache

KIND = "change_contacts"
PHASE = "change"
# Contacts of one transaction.
PART = 2_000
# Contacts that come back in one transaction: each reads the ties of the operation that deleted them.
RESTORED_PART = 10_000
ALL = repository.ALL


def choose(tx: Session, request: BulkChange, filters: Filters | None, most: int) -> list[UUID]:
    """The ids of the contacts of a request, each once, at most `most`; with a filter as they are now."""
    if request.ids is not None:
        return list(dict.fromkeys(request.ids))[:most]
    if request.action == "restore":
        return history.list_trashed(tx, most)
    assert filters is not None
    return repository.choose(tx, filters, most)


def queue_change(tx: Session, change: Change, ids: list[UUID]) -> Job:
    """Have a worker do a change; return the job, whose id is that of the operation."""
    step = Step(RUNNING, PHASE, 0, len(ids), {})
    job_id = jobs.create(tx, KIND, step, {"action": change.action, "value": change.value})
    jobs.add_contacts(tx, job_id, ids, RESTORED_PART if change.action == "restore" else PART)
    queue(tx, job_id)
    return jobs.get(tx, job_id)


class BulkWork(Work):
    """One worker's hold on a change of contacts.

    Args:
        user_id: whose contacts they are.
        job: the change, as the worker took it.
        cache: kept right while contacts change.
        now: returns the present time.
    """

    def __init__(self, user_id: UUID, job: Job, cache: Cache, now: Callable[[], datetime]) -> None:
        self._user_id = user_id
        self._id = job.id
        self._change = Change(job.request["action"], job.request["value"])
        self._done = job.done
        self._total = job.total or 0
        self._outcome = _resumed(job.state)
        self._cache = cache
        self._now = now

    def around(self) -> AbstractContextManager[None]:
        """Keep the cache right."""
        return self._cache.changing_contacts(self._user_id)

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the operation like a change within a request."""
        return KIND, self._change.details

    def step(self, tx: Session) -> Step:
        """Change the next part."""
        parts = jobs.take_parts(tx, self._id)
        for ids in parts:
            self._outcome = self._outcome.plus(service.apply(tx, self._change, ids, self._now()))
            self._done += len(ids)
        # Also the result of a job that is cancelled: what it did stays, and is undone by this operation.
        result = self._outcome.described(self._change, self._id)
        status = RUNNING if parts else DONE
        return Step(status, PHASE, self._done, self._total, self._outcome._asdict() if parts else {}, result)


def _resumed(state: dict[str, Any]) -> Outcome:
    if not state:
        return Outcome()
    return Outcome(**state | {"failed": [Failure(*failure) for failure in state["failed"]]})
