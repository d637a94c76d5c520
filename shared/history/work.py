"""Jobs of the journal: the undo of a large operation, in one transaction, so that it is whole or not at all; and emptying a large trash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.errors import Conflict, NotFound
from shared.history import repository
from shared.jobs import repository as jobs
from shared.jobs.repository import DONE, RUNNING, Step
from shared.jobs.service import Work, queue

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from shared.jobs.repository import Job
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.redis.cache import Cache

KIND = "undo"
PHASE = "undo"
EMPTY_KIND = "empty_trash"
EMPTY_PHASE = "forget"
# Contacts of one transaction. Each reads the user's journal of ties once.
EMPTY_PART = 5_000
# More contacts than any trash has.
ALL = 2**31 - 1


def rows_of_ended(tx: Session, operation_id: UUID) -> int:
    """How many rows an operation changed that no job makes still: what it did after an undo would stay, in an operation that counts as undone.

    Raises:
        Conflict: a job makes it.
    """
    try:
        job = jobs.get(tx, operation_id)
    except NotFound:  # most operations are of no job
        return repository.count_rows(tx, operation_id)
    if job.status == RUNNING:
        raise Conflict(f"the job {operation_id} makes this operation still: wait for its end, or cancel it first")
    return repository.count_rows(tx, operation_id)


def queue_undo(tx: Session, operation_id: UUID, rows: int) -> Job:
    """Have a worker take an operation back; return the job.

    Args:
        tx: a transaction.
        operation_id: the id of the operation.
        rows: how much it changed.
    """
    step = Step(RUNNING, PHASE, 0, rows, {})
    job_id = jobs.create(tx, KIND, step, {"operation_id": str(operation_id), "rows": rows})
    queue(tx, job_id)
    return jobs.get(tx, job_id)


def queue_emptying(tx: Session) -> Job:
    """Have a worker delete for good what is in the trash now; return the job."""
    ids = repository.list_trashed(tx, ALL)
    job_id = jobs.create(tx, EMPTY_KIND, Step(RUNNING, EMPTY_PHASE, 0, len(ids), {}), {})
    jobs.add_contacts(tx, job_id, ids, EMPTY_PART)
    queue(tx, job_id)
    return jobs.get(tx, job_id)


class UndoWork(Work):
    """One worker's hold on an undo.

    Args:
        user_id: whose operation it is.
        job: the undo, as the worker took it.
        cache: kept right while contacts change.
        compare: has the contacts that came back compared with the others, for duplicates.
    """

    def __init__(self, user_id: UUID, job: Job, cache: Cache, compare: Callable[[Session], object]) -> None:
        self._user_id = user_id
        self._compare = compare
        self._operation_id = UUID(job.request["operation_id"])
        self._rows = int(job.request["rows"])
        self._cache = cache

    def around(self) -> AbstractContextManager[None]:
        """Keep the cache right."""
        return self._cache.changing_contacts(self._user_id)

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the operation like an undo within a request."""
        return "undo_operation", {}

    def step(self, tx: Session) -> Step:
        """Take all of it back."""
        outcome = repository.undo_operation(tx, self._operation_id)
        self._compare(tx)
        return Step(DONE, PHASE, self._rows, self._rows, {}, outcome | {"dry_run": False})


class EmptyingWork(Work):
    """One worker's hold on the emptying of a trash.

    Args:
        user_id: whose trash it is.
        job: the emptying, as the worker took it.
    """

    def __init__(self, user_id: UUID, job: Job) -> None:
        self._user_id = user_id
        self._id = job.id
        self._done = job.done
        self._total = job.total
        self._forgotten = int(job.state.get("forgotten", 0))

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the operation like an emptying within a request; the journal has nothing to keep of it."""
        return EMPTY_KIND, {}

    def step(self, tx: Session) -> Step:
        """Forget the next part; contacts that were restored meanwhile stay."""
        parts = jobs.take_parts(tx, self._id)
        for ids in parts:
            self._forgotten += repository.forget_trashed(tx, ids)
            self._done += len(ids)
        result = {"forgotten": self._forgotten}
        return Step(RUNNING if parts else DONE, EMPTY_PHASE, self._done, self._total, result, result)
