"""Make loose custom values those of a field: at once, or as a job where they are of many contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from shared.fields import repository
from shared.fields.values import read_value
from shared.jobs import repository as jobs
from shared.jobs.repository import DONE, RUNNING, Step
from shared.jobs.service import Work, queue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from shared.fields.repository import Definition
    from shared.jobs.repository import Job
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.redis.cache import Cache

KIND = "promote_field"
PHASE = "change"
# More contacts are the work of a job.
AT_ONCE = 1_000
# Contacts of one transaction.
PART = 2_000
ALL = 2**31 - 1
# Values that an answer lists.
MOST_LISTED = 100


class Outcome(NamedTuple):
    """What a promotion came to; the attributes are those of `answers.PromotionOutcome`."""

    changed: int = 0
    unchanged: int = 0
    unfit: list[dict[str, str]] = []  # noqa: RUF012 - a tuple, nobody writes it
    unfit_total: int = 0

    def plus(self, other: Outcome) -> Outcome:
        """Both together."""
        return Outcome(
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            (self.unfit + other.unfit)[:MOST_LISTED],
            self.unfit_total + other.unfit_total,
        )

    def described(self, operation_id: UUID | None) -> dict[str, Any]:
        """The outcome as the API answers it."""
        return self._asdict() | {"operation_id": str(operation_id) if self.changed and operation_id else None}


def promote(tx: Session, field: Definition, name: str, ids: Sequence[UUID]) -> Outcome:
    """Move the values of contacts under a loose name to a field, in the form of its kind.

    A value that does not fit, or whose contact has another one in the field, is kept as it is.

    Args:
        tx: a transaction.
        field: the field.
        name: the loose name; the key of the field for values that stand there already.
        ids: the contacts.
    """
    rows = repository.lock_values(tx, ids, name, field.key)
    linked = _linked(tx, [value for _, value, _ in rows]) if field.kind == "contact" else {}
    written: dict[UUID, str] = {}
    unfit: list[dict[str, str]] = []
    unchanged = 0
    for contact_id, value, present in rows:
        try:
            settled = linked.get(value) or read_value(field.kind, field.choices, value)
            if name != field.key and present not in (None, "", settled):
                raise ValueError(f"the contact has another value in the field: {present}")  # noqa: TRY301 - told like the others
            if field.kind == "contact" and value not in linked:
                raise ValueError("is not the id, the address or the whole name of one contact")  # noqa: TRY301
        except ValueError as error:
            unfit.append({"contact_id": str(contact_id), "value": value, "detail": str(error)})
            continue
        if name == field.key and settled == value:
            unchanged += 1
        else:
            written[contact_id] = settled
    if written:
        repository.write_values(tx, name, field.key, written)
    return Outcome(len(written), unchanged, unfit[:MOST_LISTED], len(unfit))


def _linked(tx: Session, values: Sequence[str]) -> dict[str, str]:
    """The id of the contact that each value means, by its id, its address or its name."""
    ids: dict[str, UUID] = {}
    for value in values:
        try:
            ids[value] = UUID(value.strip())
        except ValueError:
            continue
    known = repository.find_contacts(tx, list(ids.values()))
    named = repository.name_contacts(tx, [value for value in values if value not in ids])
    return {value: str(found) for value, found in (ids | named).items() if found in known or value in named}


def choose(tx: Session, name: str, most: int) -> list[UUID]:
    """The ids of the contacts with a value under a name."""
    return repository.choose_contacts(tx, name, most)


def queue_promotion(tx: Session, field: Definition, name: str) -> Job:
    """Have a worker promote all values under a name; return the job, whose id is that of the operation."""
    ids = choose(tx, name, ALL)
    job_id = jobs.create(tx, KIND, Step(RUNNING, PHASE, 0, len(ids), {}), {"field_id": str(field.id), "name": name})
    jobs.add_contacts(tx, job_id, ids, PART)
    queue(tx, job_id)
    return jobs.get(tx, job_id)


class PromotionWork(Work):
    """One worker's hold on a promotion.

    Args:
        user_id: whose contacts they are.
        job: the promotion, as the worker took it.
        cache: kept right while contacts change.
    """

    def __init__(self, user_id: UUID, job: Job, cache: Cache) -> None:
        self._user_id = user_id
        self._id = job.id
        self._field_id = UUID(job.request["field_id"])
        self._name: str = job.request["name"]
        self._done = job.done
        self._total = job.total or 0
        self._outcome = Outcome(**job.state) if job.state else Outcome()
        self._cache = cache

    def around(self) -> AbstractContextManager[None]:
        """Keep the cache right."""
        return self._cache.changing_contacts(self._user_id)

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the operation like a promotion within a request."""
        return KIND, {"name": self._name}

    def step(self, tx: Session) -> Step:
        """Promote the values of the next part."""
        parts = jobs.take_parts(tx, self._id)
        field = repository.lock_field(tx, self._field_id)
        for ids in parts:
            self._outcome = self._outcome.plus(promote(tx, field, self._name, ids))
            self._done += len(ids)
        status = RUNNING if parts else DONE
        state = self._outcome._asdict() if parts else {}
        return Step(status, PHASE, self._done, self._total, state, self._outcome.described(self._id))
