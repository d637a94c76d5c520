"""Work on jobs: one worker at a time, step by step, each step committed together with how far the job is.

A worker that dies loses the step it was at, and nothing else. It holds a lease, which it renews while it lives; the next
delivery, or the schedule `resume_jobs`, goes on where the last commit was.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from typing import TYPE_CHECKING, Any, Protocol, Self
from uuid import UUID, uuid4

from shared.errors import CrmError, RateLimited, Unavailable
from shared.jobs import repository
from shared.jobs.repository import CANCELLED, DONE, FAILED, RUNNING, Job, Step
from shared.plumbing.events import outbox
from shared.plumbing.postgres.origin import acting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from shared.plumbing.postgres.database import Database, Session

log = logging.getLogger(__name__)

TOPIC = "jobs"
# A worker without a sign of life for this long counts as dead.
LEASE_S = 30
SIGN_OF_LIFE_S = 10
# For how long one delivery works before it queues the next one; shorter than the function's time-out by the longest step.
BUDGET_S = 240.0
# Longest statement of a step.
STEP_TIMEOUT_S = 270
# A job that so many workers in a row could not bring forward has failed.
MAX_ATTEMPTS = 8


class Work(Protocol):
    """One worker's hold on a job of some kind; made by the kind, left when the worker stops."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of what is held beyond a step: by default nothing."""
        return

    def step(self, tx: Session) -> Step:
        """Do the next part inside the transaction; return how far the job is then.

        An error of the domain that another attempt would meet again fails the job.
        """

    def around(self) -> AbstractContextManager[None]:
        """Enclose the transaction of a step, its commit included: by default in nothing, for jobs that change no contacts of the cache."""
        return contextlib.nullcontext()

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Return the kind of the operation that the journal keeps the job as, and what it notes of it."""


class Kind(Protocol):
    """What a kind of job does."""

    def __call__(self, user_id: UUID, job: Job) -> AbstractContextManager[Work]:
        """Begin or continue the work on a job."""


class LostJob(Exception):
    """The job was cancelled, or another worker has it: the step must not be committed."""


def queue(tx: Session, job_id: UUID) -> None:
    """Have a worker take a job that is running from the commit of this transaction on."""
    outbox.append(tx, TOPIC, {"user_id": str(tx.user_id), "job_id": str(job_id)})


class Jobs:
    """The worker.

    Args:
        database: Postgres.
        kinds: what each kind of job does.
        budget_s: seconds after which a delivery leaves the rest to the next one.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        database: Database,
        kinds: Mapping[str, Kind],
        *,
        budget_s: float = BUDGET_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._kinds = kinds
        self._budget_s = budget_s
        self._clock = clock

    def process(self, data: str) -> None:
        """Work on the job of an event until it is finished, waits for its user, or the time is over.

        Raises:
            Unavailable: something is out of reach for now; another delivery goes on.
        """
        event = json.loads(data)
        self.work(UUID(event["user_id"]), UUID(event["job_id"]))

    def work(self, user_id: UUID, job_id: UUID) -> None:
        """As `process`, for a job by its id."""
        lease = uuid4()
        with self._database.transaction(user_id) as tx:
            job = repository.take(tx, job_id, lease, lease_s=LEASE_S)
        if job is None:
            return  # ended, waiting for its user, or in good hands
        try:
            with self._sign_of_life(user_id, job_id, lease):
                self._carry_on(user_id, job, lease)
        except LostJob:
            log.info("job.lost", extra={"job_id": str(job_id)})
        except (Unavailable, RateLimited):
            self._release(user_id, job_id, lease)
            raise
        except CrmError as error:
            self._fail(user_id, job, lease, {"code": error.code, "detail": error.message})
        except Exception:
            if job.attempts < MAX_ATTEMPTS:
                self._release(user_id, job_id, lease)
                raise
            log.exception("job.failed", extra={"job_id": str(job_id), "kind": job.kind})
            detail = "something went wrong here again and again; nothing of the last step was kept"
            self._fail(user_id, job, lease, {"code": "internal", "detail": detail})

    def _carry_on(self, user_id: UUID, job: Job, lease: UUID) -> None:
        until = self._clock() + self._budget_s
        with self._kinds[job.kind](user_id, job) as work:
            kind, details = work.operation()
            while True:
                # All transactions of a job are one operation, with the id of the job, however many workers it takes.
                here = acting(kind, job.actor, operation_id=job.id, details=details)
                with here, work.around(), self._database.transaction(user_id, timeout_s=STEP_TIMEOUT_S) as tx:
                    step = work.step(tx)
                    keeps = step.status == RUNNING and self._clock() < until
                    if step.status == RUNNING and not keeps:
                        queue(tx, job.id)
                    if not repository.save(tx, job.id, lease, step, keeps=keeps, lease_s=LEASE_S):
                        raise LostJob
                if not keeps:
                    return

    @contextlib.contextmanager
    def _sign_of_life(self, user_id: UUID, job_id: UUID, lease: UUID) -> Iterator[None]:
        """Renew the lease while the block runs."""
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(SIGN_OF_LIFE_S):
                with contextlib.suppress(CrmError), self._database.single(user_id) as tx:
                    repository.keep(tx, job_id, lease, lease_s=LEASE_S)

        thread = threading.Thread(target=renew, name="job-lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _release(self, user_id: UUID, job_id: UUID, lease: UUID) -> None:
        with contextlib.suppress(CrmError), self._database.transaction(user_id) as tx:
            repository.release(tx, job_id, lease)

    def _fail(self, user_id: UUID, job: Job, lease: UUID, problem: dict[str, str]) -> None:
        with self._database.transaction(user_id) as tx:
            now = repository.get(tx, job.id)
            step = Step(FAILED, now.phase, now.done, now.total, now.state, now.result, problem)
            repository.save(tx, job.id, lease, step, keeps=False, lease_s=LEASE_S)


def resume(database: Database, most: int) -> int:
    """Queue the jobs whose worker is gone; return how many."""
    with database.transaction(None) as tx:
        stalled = repository.list_stalled(tx, most)
    for user_id, job_id in stalled:
        with database.transaction(user_id) as tx:
            queue(tx, job_id)
    return len(stalled)


def describe(job: Job) -> dict[str, Any]:
    """Return a job as the API answers it."""
    document: dict[str, Any] = {
        "id": str(job.id),
        "kind": job.kind,
        "status": job.status,
        "phase": job.phase,
        "progress": {"done": job.done, "total": job.total},
        "created_at": job.created_at.isoformat(),
        "updated_at": job.updated_at.isoformat(),
        "ended_at": None if job.ended_at is None else job.ended_at.isoformat(),
    }
    if job.status in {DONE, CANCELLED}:
        document["result"] = job.result
    if job.status == FAILED:
        document["problem"] = job.problem
    return document
