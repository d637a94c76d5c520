"""Jobs in the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import NotFound
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.origin import origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"


class Job(NamedTuple):
    """A job.

    Attributes:
        id: its id.
        kind: the kind of work.
        status: waiting (for its user), running (also before a worker has come), done, failed or cancelled.
        phase: what is being done, in a word of the kind.
        done: how much of the phase is done.
        total: how much there is to do; None where that is not known.
        request: what was asked for.
        state: how far it is, in the terms of the kind.
        result: what came out; None until then.
        problem: why it failed: `code` and `detail`.
        created_at: when it was asked for.
        updated_at: when it changed last.
        ended_at: when it ended.
        attempts: how often a worker has taken it since the last finished step.
        actor: "user", or the program that asked for it; known to its worker.
    """

    id: UUID
    kind: str
    status: str
    phase: str
    done: int
    total: int | None
    request: dict[str, Any]
    state: dict[str, Any]
    result: dict[str, Any] | None
    problem: dict[str, str] | None
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    attempts: int = 0
    actor: str = "user"


class Step(NamedTuple):
    """What a step of a job came to; the attributes are those of `Job`."""

    status: str
    phase: str
    done: int
    total: int | None
    state: dict[str, Any]
    result: dict[str, Any] | None = None
    problem: dict[str, str] | None = None
    expires_at: datetime | None = None


def create(tx: Session, kind: str, step: Step, request: Mapping[str, Any]) -> UUID:
    """Add a job; return its id."""
    job_id: UUID = tx.value(
        QUERIES.create_job,
        user_id=tx.user_id,
        kind=kind,
        status=step.status,
        phase=step.phase,
        total=step.total,
        request=json.dumps(request),
        state=json.dumps(step.state),
        expires_at=step.expires_at,
        actor=_actor(),
    )
    return job_id


def get(tx: Session, job_id: UUID, *, kind: str = "", locked: bool = False) -> Job:
    """Return a job of the user.

    Args:
        tx: the session of the user; a transaction for a locked job.
        job_id: its id.
        kind: the kind that it must have; any unless given.
        locked: keep others from changing it until the transaction ends.

    Raises:
        NotFound: the user has no such job.
    """
    row = tx.one(QUERIES.lock_job if locked else QUERIES.find_job, user_id=tx.user_id, job_id=job_id)
    if row is None or (kind and row[1] != kind):
        raise NotFound(f"no {kind or 'job'} has the id {job_id}")
    return _job(row)


def list_page(tx: Session, kind: str, *, before: datetime, before_id: UUID, limit: int) -> list[Job]:
    """Return the jobs of a kind behind a place, the latest first."""
    rows = tx.many(QUERIES.list_jobs, user_id=tx.user_id, kind=kind, before=before, before_id=before_id, limit=limit)
    return [_job(row) for row in rows]


def count_open(tx: Session, kind: str) -> int:
    """Count the jobs of a kind that have not ended."""
    return int(tx.value(QUERIES.count_open_jobs, user_id=tx.user_id, kind=kind))


def cancel(tx: Session, job_id: UUID) -> bool:
    """Cancel a job; return False where it had ended before."""
    return tx.value(QUERIES.cancel_job, user_id=tx.user_id, job_id=job_id) is not None


def set_to(tx: Session, job: Job, step: Step, request: Mapping[str, Any]) -> None:
    """Set how far a locked job is, in the place of a worker."""
    tx.run(
        QUERIES.set_job,
        user_id=tx.user_id,
        job_id=job.id,
        status=step.status,
        phase=step.phase,
        done=step.done,
        total=step.total,
        request=json.dumps(request),
        state=json.dumps(step.state),
        expires_at=step.expires_at,
        actor=_actor(),
    )


def take(tx: Session, job_id: UUID, lease: UUID, *, lease_s: int) -> Job | None:
    """Take a running job for a worker; None where another one has it, or it does not run."""
    row = tx.one(QUERIES.take_job, user_id=tx.user_id, job_id=job_id, lease=lease, lease_s=lease_s)
    return None if row is None else _job(row)


def keep(tx: Session, job_id: UUID, lease: UUID, *, lease_s: int) -> None:
    """Show that the worker of a job is alive."""
    tx.run(QUERIES.keep_lease, user_id=tx.user_id, job_id=job_id, lease=lease, lease_s=lease_s)


def save(tx: Session, job_id: UUID, lease: UUID, step: Step, *, keeps: bool, lease_s: int) -> bool:
    """Save what a step came to; return False where the worker has lost the job, and nothing may be committed.

    Args:
        tx: the transaction of the step.
        job_id: the job.
        lease: the worker's.
        step: how far the job is.
        keeps: whether the worker goes on.
        lease_s: for how long the worker counts as alive.
    """
    return bool(
        tx.value(
            QUERIES.save_step,
            user_id=tx.user_id,
            job_id=job_id,
            lease=lease,
            status=step.status,
            phase=step.phase,
            done=step.done,
            total=step.total,
            state=json.dumps(step.state),
            result=None if step.result is None else json.dumps(step.result),
            problem=None if step.problem is None else json.dumps(step.problem),
            expires_at=step.expires_at,
            keeps=keeps,
            lease_s=lease_s,
        )
    )


def release(tx: Session, job_id: UUID, lease: UUID) -> None:
    """Let another worker take the job."""
    tx.run(QUERIES.release_job, user_id=tx.user_id, job_id=job_id, lease=lease)


def list_stalled(tx: Session, most: int) -> list[tuple[UUID, UUID]]:
    """Return running jobs without a living worker, each as its user and its id."""
    return [(user_id, job_id) for user_id, job_id in tx.many(QUERIES.list_stalled_jobs, most=most)]


def expire(tx: Session, most: int) -> int:
    """Fail jobs that waited for their user too long; return how many."""
    return int(tx.value(QUERIES.expire_jobs, most=most))


def remove_old(tx: Session, most: int) -> int:
    """Remove jobs that ended three months ago; return how many."""
    return int(tx.value(QUERIES.remove_old_jobs, most=most))


def add_contacts(tx: Session, job_id: UUID, ids: Sequence[UUID], size: int) -> None:
    """Keep the contacts that a job goes through, in parts of a size."""
    tx.run(QUERIES.add_contacts, user_id=tx.user_id, job_id=job_id, ids=list(ids), size=size)


def add_groups(tx: Session, job_id: UUID, groups: Sequence[Sequence[UUID]]) -> None:
    """Keep groups of contacts that a job goes through, each a part."""
    tx.run(QUERIES.add_groups, user_id=tx.user_id, job_id=job_id, groups=json.dumps(groups, default=str))


def take_parts(tx: Session, job_id: UUID, most: int = 1) -> list[list[UUID]]:
    """The next parts of the contacts of a job, which are gone with the commit; none are left where the list is empty."""
    rows = tx.many(QUERIES.take_parts, user_id=tx.user_id, job_id=job_id, most=most)
    return [ids for _, ids in sorted(rows, key=lambda row: int(row[0]))]


def remove_left_contacts(tx: Session, most: int) -> int:
    """Remove what ended jobs left of their contacts; return how many parts."""
    return int(tx.value(QUERIES.remove_left_contacts, most=most))


def _actor() -> str:
    """The program that asks for a job, else the user: a schedule asks for the user, too."""
    actor = origin().actor
    return "user" if actor == "system" else actor


def _job(row: list[Any]) -> Job:
    job_id, kind, status, phase, done, total, request, state, result, problem, *rest = row
    return Job(
        job_id, kind, status, phase, done, total, json.loads(request), json.loads(state),
        None if result is None else json.loads(result), None if problem is None else json.loads(problem), *rest,
    )  # fmt: skip
