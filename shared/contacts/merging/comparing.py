"""Comparing contacts off the request path: an event after contacts were written, and a job where all have to be compared with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.merging import duplicates, repository
from shared.jobs import repository as jobs
from shared.jobs.repository import DONE, RUNNING, Step
from shared.jobs.service import Work, queue

if TYPE_CHECKING:
    from uuid import UUID

    from shared.jobs.repository import Job
    from shared.plumbing.postgres.database import Session

TOPIC = "contact-duplicates"
KIND = "scan_duplicates"
PHASE = "compare"
# Changes of others make no duplicates.
FIELDS = frozenset({"name", "email", "emails", "phones", "linkedin_url", "birthday", "company"})


def ask(tx: Session, *, is_import: bool = False) -> None:
    """Have the contacts that this transaction wrote compared with the others, soon after its commit.

    Many changes in a row are compared together. Contacts of a user who has never looked at duplicates are compared from the first import on.
    """
    if repository.ask_for_comparison(tx, TOPIC, is_import=is_import):
        tx.topics.add(TOPIC)


def compare(tx: Session) -> None:
    """Compare the contacts that changed since the last comparison; where that are too many, have a job compare all. A second time does nothing."""
    if repository.compare_changed(tx, duplicates.COMPARED_SINGLY) is not None:
        return
    if repository.scan_state(tx).contacts <= duplicates.SCANNED_AT_ONCE:
        repository.find_duplicates(tx)
    elif not jobs.count_open(tx, KIND):
        queue_scan(tx)


def queue_scan(tx: Session) -> Job:
    """Have a worker compare all contacts with each other; return the job."""
    contacts = repository.scan_state(tx).contacts
    job_id = jobs.create(tx, KIND, Step(RUNNING, PHASE, 0, contacts, {}), {})
    queue(tx, job_id)
    return jobs.get(tx, job_id)


class ScanWork(Work):
    """One worker's hold on a scan, which is one step: pairs are replaced all at once.

    Args:
        user_id: whose contacts they are.
        job: the scan, as the worker took it.
    """

    def __init__(self, user_id: UUID, job: Job) -> None:
        self._user_id = user_id
        self._total = job.total

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the scan; the journal has nothing to keep of it."""
        return KIND, {}

    def step(self, tx: Session) -> Step:
        """Compare all contacts."""
        found = duplicates.scan(tx)
        return Step(
            DONE, PHASE, found["scan"]["contacts"], self._total, {}, {"counts": found["counts"], "scan": found["scan"]}
        )
