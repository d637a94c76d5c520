"""Undo of a large operation as a job: one transaction, so it is whole or not at all, by a worker that may take its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from shared.history import repository
from shared.jobs import repository as jobs
from shared.jobs import service
from shared.jobs.repository import DONE, RUNNING, Step

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from shared.jobs.repository import Job
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.redis.cache import Cache

KIND = "undo"
PHASE = "undo"


def queue_undo(tx: Session, operation_id: UUID, rows: int) -> Job:
    """Have a worker take an operation back; return the job.

    Args:
        tx: a transaction.
        operation_id: the id of the operation.
        rows: how much it changed.
    """
    step = Step(RUNNING, PHASE, 0, rows, {})
    job_id = jobs.create(tx, KIND, step, {"operation_id": str(operation_id), "rows": rows})
    service.queue(tx, job_id)
    return jobs.get(tx, job_id)


class UndoWork:
    """One worker's hold on an undo.

    Args:
        user_id: whose operation it is.
        job: the undo, as the worker took it.
        cache: kept right while contacts change.
    """

    def __init__(self, user_id: UUID, job: Job, cache: Cache) -> None:
        self._user_id = user_id
        self._operation_id = UUID(job.request["operation_id"])
        self._rows = int(job.request["rows"])
        self._cache = cache

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def around(self) -> AbstractContextManager[None]:
        """Keep the cache right."""
        return self._cache.changing_contacts(self._user_id)

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the operation like an undo within a request."""
        return "undo_operation", {}

    def step(self, tx: Session) -> Step:
        """Take all of it back."""
        outcome = repository.undo_operation(tx, self._operation_id)
        return Step(DONE, PHASE, self._rows, self._rows, {}, outcome | {"dry_run": False})
