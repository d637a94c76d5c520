"""The use cases of imports as jobs: announce a file, look at the plan, start, read the refused rows."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from shared.errors import Conflict, FieldError, RateLimited, ValidationFailed
from shared.imports import repository, work
from shared.imports.outcome import MAX_ERRORS
from shared.jobs import repository as jobs
from shared.jobs import service as jobs_service
from shared.jobs.repository import DONE, RUNNING, WAITING, Step
from shared.paging import decode_cursor, encode_cursor
from shared.plumbing.uploads.store import CHUNK_UNIT_BYTES, LIFE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from shared.imports.models import ImportCreate, ImportStart
    from shared.jobs.repository import Job
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.uploads.store import Uploads

KIND = "import"
UPLOAD = "upload"
MAX_OPEN = 20
# For how long a plan waits for its user.
PLAN_LIFE = timedelta(days=7)
# Sent at once by the app: soon lost again on a bad line, and few requests for a large file.
CHUNK_BYTES = 32 * CHUNK_UNIT_BYTES
_RE_READ = ("charset", "mapping", "date_order", "name_order", "tags")
_AS_READ = ("charset", "date_order", "name_order", "on_duplicate", "tie_to_me")
_FIXED = ("format", "delimiter", "header_line", "columns")
_REASON_COLUMN = "Import problem"


def create(tx: Session, uploads: Uploads, body: ImportCreate, *, origin: str, now: datetime) -> UUID:
    """Announce a file, and open an address to send it to.

    Raises:
        RateLimited: too many imports are open.
        Unavailable: the store of files is out of reach.
    """
    if jobs.count_open(tx, KIND) >= MAX_OPEN:
        raise RateLimited(f"{MAX_OPEN} imports are open: finish or cancel one", retry_after_s=60)
    name = uuid4().hex
    session = uploads.begin(name, body.size, origin)
    state = work.fresh_state(name, work.MERGE if body.start else work.PLAN)
    state["session"] = {"url": session.url, "headers": session.headers}
    request = {
        "kind": body.kind,
        "filename": body.filename,
        "size": body.size,
        "choices": work.choices_document(body.plan.choices(body.filename)),
    }
    step = Step(WAITING, UPLOAD, 0, body.size, state, expires_at=now + timedelta(seconds=LIFE_S))
    return jobs.create(tx, KIND, step, request)


def get(tx: Session, import_id: UUID) -> Job:
    """Return an import.

    Raises:
        NotFound: the user has no such import.
    """
    return jobs.get(tx, import_id, kind=KIND)


def has_arrived(uploads: Uploads, job: Job) -> bool:
    """Whether the file of an import that waits for it is there."""
    return job.status == WAITING and job.phase == UPLOAD and uploads.find_size(job.state["upload"]) is not None


def take_in(tx: Session, import_id: UUID) -> Job:
    """Queue an import whose file has arrived; return it as it is then."""
    job = jobs.get(tx, import_id, kind=KIND, locked=True)
    if job.status == WAITING and job.phase == UPLOAD:
        _run(tx, job, job.request, job.state, work.READ, total=int(job.request["size"]))
    return jobs.get(tx, import_id)


def start(tx: Session, import_id: UUID, body: ImportStart) -> None:
    """Merge a planned import, by its plan or by a corrected one; or read it again by that and wait.

    Raises:
        NotFound: the user has no such import.
        Conflict: its file has not arrived, or it was started already.
    """
    job = jobs.get(tx, import_id, kind=KIND, locked=True)
    if job.status == WAITING and job.phase == UPLOAD:
        raise Conflict("the file has not arrived whole: send the rest of it first")
    if job.phase not in {work.COUNT, work.PLAN} or job.status not in {WAITING, RUNNING}:
        raise Conflict(f"this import cannot be started: its status is {job.status}, its phase {job.phase}")
    chosen = job.request["choices"]
    corrected = chosen | _corrections(body, chosen, job.state["plan"])
    request = job.request | {"choices": corrected}
    must_read = any(corrected[name] != chosen[name] for name in _RE_READ)
    if must_read or body.preview:
        state = work.fresh_state(job.state["upload"], work.PLAN if body.preview else work.MERGE)
        _run(tx, job, request, state, work.READ, total=int(job.request["size"]))
        return
    state = dict(job.state)
    if corrected["tie_to_me"] is not None:
        state["merging"] = state["merging"] | {"tie_to_me": corrected["tie_to_me"]}
    _run(tx, job, request, state, work.MERGE, total=state["rows"])


def _corrections(body: ImportStart, chosen: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """The differences between a plan that was sent back and the one that the file was read by.

    Raises:
        ValidationFailed: it changes what only the file says.
    """
    stated = body.plan.model_dump(exclude_unset=True) if body.plan is not None else {}
    fixed = [name for name in _FIXED if stated.pop(name, read.get(name)) != read.get(name)]
    if fixed:
        raise ValidationFailed(
            [FieldError(f"plan.{name}", f"is what the file says: {read.get(name)}") for name in fixed]
        )
    for name in _AS_READ:
        if name in stated and stated[name] == read.get(name):
            del stated[name]
    if "mapping" in stated:
        changed = {title: field for title, field in stated["mapping"].items() if read["mapping"].get(title) != field}
        stated["mapping"] = chosen["mapping"] | changed
    return stated


def _run(tx: Session, job: Job, request: dict[str, Any], state: dict[str, Any], phase: str, *, total: int) -> None:
    jobs.set_to(tx, job, Step(RUNNING, phase, 0, total, state), request)
    jobs_service.queue(tx, job.id)


def describe(tx: Session, job: Job) -> dict[str, Any]:
    """Return an import as the API answers it."""
    document = summarise(job)
    state = job.state
    if job.status == WAITING and job.phase == UPLOAD:
        document["upload"] = state["session"] | {"chunk_bytes": CHUNK_BYTES}
    if "plan" in state:
        chosen = job.request["choices"]
        document["plan"] = _plan(state["plan"], chosen)
    if job.ended_at is None and "plan" in state:
        document["preview"] = state["preview"]
        document["doubts"] = state["doubts"]
        document["counts"] = state["counts"] if state.get("is_counted") else None
        document["errors"] = repository.list_errors(tx, job.id, MAX_ERRORS)
    if job.status == DONE and job.result is not None:
        document["result"] = {
            "kept": 0,
            **job.result,
            "notices": repository.list_errors(tx, job.id, MAX_ERRORS, are_notices=True),
            "errors": repository.list_errors(tx, job.id, MAX_ERRORS),
        }
    return document


def summarise(job: Job) -> dict[str, Any]:
    """Return an import as the list of imports has it."""
    return jobs_service.describe(job) | {
        "kind": job.request["kind"],
        "filename": job.request["filename"],
        "size": job.request["size"],
    }


def _plan(read: dict[str, Any], chosen: dict[str, Any]) -> dict[str, Any]:
    """How the file is read and merged: what was asked for, else what it suggested."""
    kept: dict[str, Any] = {name: chosen[name] for name in ("tags", "enrich", "bring_back") if name in chosen}
    kept["on_duplicate"] = chosen["on_duplicate"] or read.get("on_duplicate", "update")
    tie_to_me = chosen["tie_to_me"] if chosen["tie_to_me"] is not None else read.get("tie_to_me", 0)
    return read | kept | {"tie_to_me": tie_to_me}


def list_page(tx: Session, page: Page) -> dict[str, Any]:
    """Return a page of the imports, the latest first.

    Raises:
        ValidationFailed: the cursor is not from this list.
    """
    before, before_id = (
        decode_cursor(page.cursor, datetime, UUID)
        if page.cursor
        else (datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))
    )
    found = jobs.list_page(tx, KIND, before=before, before_id=before_id, limit=page.limit + 1)
    shown = found[: page.limit]
    following = encode_cursor(shown[-1].created_at, shown[-1].id) if len(found) > page.limit else None
    return {"items": [summarise(job) for job in shown], "next_cursor": following}


def cancel(tx: Session, import_id: UUID) -> str:
    """Cancel an import and keep its merged rows; return the name of its file.

    Raises:
        NotFound: the user has no such import.
    """
    job = jobs.get(tx, import_id, kind=KIND)
    jobs.cancel(tx, import_id)
    return str(job.state["upload"])


def refused_rows(session: Callable[[], AbstractContextManager[Session]], job: Job) -> Iterator[bytes]:
    """Yield the refused rows as CSV in chunks: with the columns of the file, and why each was refused.

    The file can be mended and imported again: the columns of reasons are left out then.
    """
    columns = job.state.get("plan", {}).get("columns") or []
    yield b"\xef\xbb\xbf" + _csv([[*(columns or ["Text"]), _REASON_COLUMN, "Import line"]])
    after = 0
    while True:
        with session() as tx:
            rows = repository.list_refused(tx, job.id, after)
        if not rows:
            return
        after = rows[-1].no
        lines = []
        for row in rows:
            cells = row.cells if row.cells is not None else [row.value or ""]
            padded = [*cells[: len(columns)], *[""] * (len(columns) - len(cells))] if columns else cells[:1]
            reason = f"{row.field}: {row.message}" if row.field else row.message
            lines.append([*padded, reason, str(row.line)])
        yield _csv(lines)


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(errors="replace")
