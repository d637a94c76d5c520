"""The answers of the API about jobs, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.models import Answer


class Progress(Answer):
    """How much of a phase is done; `total` null where that is not known."""

    done: int
    total: int | None


class JobProblem(Answer):
    """Why a job failed."""

    code: str
    detail: str


class Job(Answer):
    """A job: `status` is waiting (for its user), running, done, failed or cancelled."""

    id: UUID
    kind: str
    status: str
    phase: str
    progress: Progress
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    result: dict[str, object] | None = None
    problem: JobProblem | None = None
