"""The answers of imports of ties and of interactions, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.models import Answer


class GraphImportFailure(Answer):
    """One error of a row: the field, the message and the refused value."""

    line: int
    field: str | None
    message: str
    value: str | None


class GraphImport(Answer):
    """The outcome of an import; `received` = created + updated + unchanged + failed."""

    import_id: UUID
    format: str
    mapping: dict[str, str]
    received: int
    created: int
    updated: int
    unchanged: int
    failed: int
    errors: list[GraphImportFailure]


class ImportOutcome(GraphImport):
    """The outcome of an import that was done as a job; `kept` second values of fields are listed in `notices`."""

    kept: int
    notices: list[GraphImportFailure]


class JobProgress(Answer):
    """How much of a phase is done: bytes while the file is sent and read, rows afterwards; `total` null where not known."""

    done: int
    total: int | None


class ImportProblem(Answer):
    """Why an import failed."""

    code: str
    detail: str


class ImportUpload(Answer):
    """Where to send the file.

    `PUT` chunks of `chunk_bytes` to `url` with `Content-Range: bytes 0-8388607/30000000` until the answer is 200 or 201; before
    that it is 308 with `Range`. `Content-Range: bytes */30000000` without a body asks how much has arrived.
    """

    url: str
    headers: dict[str, str]
    chunk_bytes: int


class ImportPlanRead(Answer):
    """How the file is read and merged; `POST /imports/{id}/start` takes it with corrections."""

    format: str
    charset: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    columns: list[str] | None = None
    mapping: dict[str, str]
    date_order: str | None = None
    name_order: str | None = None
    on_duplicate: str
    tags: list[str]
    tie_to_me: float
    enrich: bool


class ImportDoubt(Answer):
    """Something that the file leaves open, and how it is taken."""

    kind: str | None = None
    line: int | None
    field: str | None
    message: str
    value: str | None


class PreviewRow(Answer):
    """One of the first rows: what becomes of it (`new`, `changed`, `known` or `refused`), and the contact as it will be."""

    line: int
    row: int | None
    outcome: str | None
    contact: dict[str, object] | None = None
    cells: list[str] | None = None


class ImportCounts(Answer):
    """How many rows of the file are new, change a contact, are known already, or are refused."""

    received: int
    new: int
    changed: int
    known: int
    refused: int


class _ImportState(Answer):
    """How far an import is."""

    id: UUID
    kind: str
    filename: str
    size: int
    status: str
    phase: str
    progress: JobProgress
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None


class ImportSummary(_ImportState):
    """An import in the list of imports."""

    result: GraphImportCounts | None = None
    problem: ImportProblem | None = None


class ImportSummaryList(Answer):
    """A page of imports, the latest first."""

    items: list[ImportSummary]
    next_cursor: str | None


class Import(_ImportState):
    """An import.

    `status` is `waiting` for the file (phase `upload`) or for `start` (phase `plan`), `running`, `done`, `failed` or `cancelled`.
    `counts` come with phase `plan`; `result` when it is done.
    """

    upload: ImportUpload | None = None
    plan: ImportPlanRead | None = None
    preview: list[PreviewRow] | None = None
    doubts: list[ImportDoubt] | None = None
    counts: ImportCounts | None = None
    errors: list[GraphImportFailure] | None = None
    result: ImportOutcome | None = None
    problem: ImportProblem | None = None


class GraphImportCounts(Answer):
    """The counts of a finished import."""

    received: int
    created: int
    updated: int
    unchanged: int
    failed: int
