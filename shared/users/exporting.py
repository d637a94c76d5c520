"""Everything of a user as a ZIP archive of JSON lines, made by a job: one member for each table and part of it."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from shared.errors import Gone
from shared.jobs import repository as jobs
from shared.jobs.repository import DONE, RUNNING, Step
from shared.jobs.service import Work, queue
from shared.users.repository import QUERIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from shared.jobs.repository import Job
    from shared.plumbing.postgres.database import Session

KIND = "export_everything"
PHASE = "write"
# Rows of one transaction: some megabytes, held in memory once.
ROWS = 5_000
# In this order in the archive. A contract test asks for every table of a user, or for the reason why it is not here.
TABLES = (
    "users", "contacts", "relationships", "interactions", "interaction_details", "hidden_contacts", "merged_contacts", "distinct_contacts", "circles", "circle_members", "fields", "views",
    "notes", "note_mentions", "cadences", "dates", "enrichments", "introductions",
    "introduction_steps", "wishes", "invitations", "joins", "emails", "team_members", "credit_ledger", "score_events", "jobs", "import_errors", "operations",
    "changes", "tie_changes", "interaction_changes", "audit_entries", "access_tokens", "access_grants", "program_calls", "sources", "correspondents", "correspondent_names", "evidence", "assumed_ties",
    "devices", "cards",
)  # fmt: skip
README = """Everything that this installation of Warmpath holds of you, as JSON: one object in each line.

A file is named after its table; a long table has several files. `no` numbers contacts where ties and interactions name them.
GET /api/crm/contacts/export writes the contacts in forms that other programs read.
"""


def queue_export(tx: Session) -> Job:
    """Have a worker write everything of the user; return the job, the one that is under way where there is one."""
    running: UUID | None = tx.value(QUERIES.find_open_export, user_id=tx.user_id, kind=KIND)
    if running is not None:
        return jobs.get(tx, running)
    job_id = jobs.create(tx, KIND, Step(RUNNING, PHASE, 0, len(TABLES), {"behind": 0, "parts": 0}), {})
    queue(tx, job_id)
    return jobs.get(tx, job_id)


class ExportWork(Work):
    """One worker's hold on an export.

    Args:
        job: the export, as the worker took it.
    """

    def __init__(self, job: Job) -> None:
        self._id = job.id
        self._table = job.done
        self._behind = int(job.state["behind"])
        self._parts = int(job.state["parts"])

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the operation; nothing of it stands in the journal."""
        return KIND, {}

    def step(self, tx: Session) -> Step:
        """Write the next rows of a table."""
        name = TABLES[self._table]
        row = tx.one(QUERIES.export_rows, table_name=name, behind=self._behind, most=ROWS)
        assert row is not None
        lines, count = row
        if count:
            self._parts += 1
            tx.run(
                QUERIES.add_export_part,
                user_id=tx.user_id,
                job_id=self._id,
                no=self._parts,
                name=f"{name}-{self._behind // ROWS + 1:04d}.jsonl",
                data=zlib.compress(f"{lines}\n".encode()),
            )
        self._behind += count
        if count < ROWS:
            self._table, self._behind = self._table + 1, 0
        state = {"behind": self._behind, "parts": self._parts}
        if self._table == len(TABLES):
            result = {"url": f"/api/crm/users/me/exports/{self._id}", "files": self._parts}
            return Step(DONE, PHASE, self._table, len(TABLES), state, result)
        return Step(RUNNING, PHASE, self._table, len(TABLES), state)


def archive(session: Callable[[], AbstractContextManager[Session]], job: Job) -> Iterator[bytes]:
    """Yield the archive of an export in chunks.

    Raises:
        Gone: the export is older than a week.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", README)
        for no in range(1, int((job.result or {}).get("files", 0)) + 1):
            with session() as tx:
                part = tx.one(QUERIES.find_export_part, user_id=tx.user_id, job_id=job.id, no=no)
            if part is None:
                raise Gone("this export is older than a week: ask for another one")
            packed.writestr(part[0], zlib.decompress(bytes(part[1])))
            yield sink.taken()
    yield sink.taken()


def remove_old(tx: Session, before: datetime, most: int) -> int:
    """Remove at most `most` parts of exports of all users from before a time; return how many."""
    return int(tx.value(QUERIES.remove_old_export_parts, before=before, most=most))


class _Sink(io.RawIOBase):
    """The bytes that an archive writes, until they are taken; without a way back, so that nothing has to be kept."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        held = b"".join(self._held)
        self._held = []
        return held
