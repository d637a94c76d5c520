"""The kinds of jobs, put together from the areas."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shared.bulk import work as bulk
from shared.bulk.work import BulkWork
from shared.contacts.importing.file_kind import ContactFiles
from shared.contacts.merging import comparing
from shared.contacts.merging import work as merging
from shared.contacts.merging.comparing import ScanWork
from shared.contacts.merging.work import SureWork
from shared.enrichment.service import queue_contacts
from shared.fields import work as custom_fields
from shared.fields.work import PromotionWork
from shared.graph.importing import TieFiles
from shared.history import work as history
from shared.history.work import EmptyingWork, UndoWork
from shared.imports import service as imports
from shared.imports.work import BATCH_ROWS, ImportWork
from shared.interactions.importing import InteractionFiles
from shared.plumbing.events.outbox import Priority
from shared.users import exporting
from shared.users.exporting import ExportWork

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shared.edge.deps import Deps
    from shared.imports.files import FileKind
    from shared.jobs.repository import Job
    from shared.jobs.service import Kind
    from shared.plumbing.postgres.database import Session


def make_kinds(deps: Deps, *, batch_rows: int = BATCH_ROWS) -> dict[str, Kind]:
    """Return the kinds of jobs by their names.

    Args:
        deps: the clients.
        batch_rows: how many rows of an import are merged in one transaction.
    """

    def enrich(tx: Session, contacts: Sequence[UUID]) -> int:
        return queue_contacts(tx, contacts, priority=Priority.LOW)

    files: dict[str, FileKind] = {
        "contacts": ContactFiles(deps.cache.changing_contacts, enrich, partial(comparing.ask, is_import=True)),
        "ties": TieFiles(deps.cache.changing_contacts),
        "interactions": InteractionFiles(deps.cache.changing_contacts, deps.now),
    }

    def import_file(user_id: UUID, job: Job) -> ImportWork:
        kind = files[job.request["kind"]]
        return ImportWork(
            user_id, job, kind, deps.uploads, expiry=lambda: deps.now() + imports.PLAN_LIFE, batch_rows=batch_rows
        )

    def undo(user_id: UUID, job: Job) -> UndoWork:
        return UndoWork(user_id, job, deps.cache, comparing.ask)

    def change(user_id: UUID, job: Job) -> BulkWork:
        return BulkWork(user_id, job, deps.cache, deps.now)

    def empty_trash(user_id: UUID, job: Job) -> EmptyingWork:
        return EmptyingWork(user_id, job)

    def merge_sure(user_id: UUID, job: Job) -> SureWork:
        return SureWork(user_id, job, deps.cache)

    def scan(user_id: UUID, job: Job) -> ScanWork:
        return ScanWork(user_id, job)

    def promote(user_id: UUID, job: Job) -> PromotionWork:
        return PromotionWork(user_id, job, deps.cache)

    def export(user_id: UUID, job: Job) -> ExportWork:  # noqa: ARG001 - the form of a kind
        return ExportWork(job)

    return {
        exporting.KIND: export,
        imports.KIND: import_file,
        history.KIND: undo,
        history.EMPTY_KIND: empty_trash,
        bulk.KIND: change,
        merging.KIND: merge_sure,
        comparing.KIND: scan,
        custom_fields.KIND: promote,
    }
