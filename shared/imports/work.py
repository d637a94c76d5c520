"""The work on one import: read the file into rows, find who belongs together, count, merge.

Each call of `step` is one transaction. `state` of the job says how far it is: a worker that comes later reads on behind the
entries that are kept already, and merges the rows that are left.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from shared.imports import repository
from shared.imports.files import Choices, FileFault, FileRow, Outcome
from shared.imports.outcome import MAX_ERRORS
from shared.jobs.repository import DONE, RUNNING, WAITING, Job, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from datetime import datetime
    from typing import BinaryIO
    from uuid import UUID

    from shared.imports.files import Batch, FileKind, OpenFile
    from shared.plumbing.postgres.database import Session
    from shared.plumbing.uploads.store import Uploads

READ, CONNECT, COUNT, PLAN, MERGE, ENDED = "read", "connect", "count", "plan", "merge", "ended"
# The journal's word for the import of each kind of file.
OPERATIONS = {"contacts": "import_contacts", "ties": "import_relationships", "interactions": "import_interactions"}
# Every merge plans its statements again, so batches are large; rows that are long are merged and read fewer at a time.
BATCH_ROWS = 20_000
CHUNK_ROWS = 5_000
CHUNK_BYTES = 4 * 1024 * 1024
PREVIEW_ROWS = 100
MAX_SHOWN = 300  # characters of a value in the preview
MAX_DOUBTS = 200
OUTCOMES = {"created": "new", "updated": "changed", "unchanged": "known"}

Entry = FileRow | FileFault


class Chunk(NamedTuple):
    """The next entries of a file.

    Attributes:
        entries: rows and faults in order.
        preview: the rows among them that the preview shows.
        characters: of all rows.
        position: how far the file is read then, in bytes.
        is_last: whether the file ends with them.
    """

    entries: list[Entry]
    preview: list[dict[str, Any]]
    characters: int
    position: int
    is_last: bool


class ImportWork:
    """One worker's hold on an import.

    Args:
        user_id: whose import it is.
        job: the import, as the worker took it.
        kind: what it does with files of its kind.
        uploads: where the file is.
        expiry: returns until when a plan waits for its user.
        batch_rows: how many rows are merged in one transaction; what comes out is the same with any number.
    """

    def __init__(
        self,
        user_id: UUID,
        job: Job,
        kind: FileKind,
        uploads: Uploads,
        *,
        expiry: Callable[[], datetime],
        batch_rows: int = BATCH_ROWS,
    ) -> None:
        self._user_id = user_id
        self._id = job.id
        self._size = int(job.request["size"])
        self._operation = (OPERATIONS[job.request["kind"]], {"filename": job.request["filename"]})
        self._choices = Choices(**job.request["choices"] | {"tags": tuple(job.request["choices"]["tags"])})
        self._kind = kind
        self._uploads = uploads
        self._expiry = expiry
        self._batch_rows = batch_rows
        self._phase = job.phase
        self._state = dict(job.state)
        self._stream: BinaryIO | None = None
        self._file: OpenFile | None = None
        self._entries: Iterator[Entry] = iter(())
        # Reads one chunk ahead, while the database takes the one before it.
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="import-reader")
        self._ahead: Future[Chunk] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.shutdown()
        if self._stream is not None:
            self._stream.close()
        if self._phase == ENDED:
            # Committed before: what is left, should this fail, goes a day after it came.
            with contextlib.suppress(Exception):
                self._uploads.delete(self._state["upload"])

    def around(self) -> AbstractContextManager[None]:
        """Keep the cache right while rows are merged."""
        if self._phase == MERGE:
            guard: AbstractContextManager[None] = self._kind.note_change(self._user_id)
            return guard
        return contextlib.nullcontext()

    def operation(self) -> tuple[str, dict[str, Any]]:
        """Name the operation of the journal like that of a file sent in one request."""
        return self._operation

    def step(self, tx: Session) -> Step:
        """Do the next part."""
        steps = {READ: self._read, CONNECT: self._connect, COUNT: self._count, MERGE: self._merge}
        return steps[self._phase](tx)

    # Reading

    def _read(self, tx: Session) -> Step:
        state = self._state
        if self._file is None:
            if not state["entries"]:
                repository.forget_all(tx, self._id)
            self._open()
        chunk = self._next_chunk()
        rows = [entry for entry in chunk.entries if isinstance(entry, FileRow)]
        faults = [entry for entry in chunk.entries if isinstance(entry, FileFault)]
        if rows:
            repository.stage(tx, self._id, enumerate(rows, state["rows"] + 1))
        self._keep_faults(tx, faults)
        state["entries"] += len(chunk.entries)
        state["rows"] += len(rows)
        state["characters"] = state.get("characters", 0) + chunk.characters
        state["preview"] += chunk.preview
        state["latest_day"] = max([state.get("latest_day", ""), *(row.day for row in rows)])
        state["counts"]["received"] += len(rows)
        if not chunk.is_last:
            return self._running(READ, min(chunk.position, self._size), self._size)
        return self._running(CONNECT, self._size, self._size)

    def _open(self) -> None:
        """Open the file, and pass over the entries that are kept already."""
        state = self._state
        self._stream = self._uploads.open(state["upload"])
        file = self._kind.open(self._stream, self._choices)
        state["plan"] = {"format": file.format, "mapping": file.mapping, **file.facts}
        state["doubts"] = file.doubts[:MAX_DOUBTS]
        state["merging"] = file.merging
        self._file = file
        self._entries = iter(file.entries)
        next(islice(self._entries, state["entries"], state["entries"]), None)

    def _next_chunk(self) -> Chunk:
        """Return the next chunk, and have the one behind it read."""
        state = self._state
        chunk = self._ahead.result() if self._ahead else self._read_chunk(state["rows"], len(state["preview"]))
        if not chunk.is_last:
            rows = state["rows"] + sum(isinstance(entry, FileRow) for entry in chunk.entries)
            self._ahead = self._reader.submit(self._read_chunk, rows, len(state["preview"]) + len(chunk.preview))
        return chunk

    def _read_chunk(self, rows: int, shown: int) -> Chunk:
        """Read entries behind a number of rows, of which the preview shows some already."""
        assert self._file is not None
        entries: list[Entry] = []
        preview: list[dict[str, Any]] = []
        size, most, cells = 0, min(self._batch_rows, CHUNK_ROWS), self._file.cells
        for entry in self._entries:
            is_shown = shown + len(preview) < PREVIEW_ROWS
            if isinstance(entry, FileRow):
                size += len(entry.data)
                rows += 1
                entries.append(entry)
                if is_shown:
                    preview.append(self._shown(entry, rows, cells()))
            else:
                entries.append(entry._replace(cells=cells()) if entry.is_refused and entry.cells is None else entry)
                if is_shown and entry.is_refused:
                    refused = {"line": entry.line, "row": None, "outcome": "refused", "cells": entry.cells or cells()}
                    preview.append(_cut(refused))
            if len(entries) >= most or size >= CHUNK_BYTES:
                return Chunk(entries, preview, size, self._position(), is_last=False)
        return Chunk(entries, preview, size, self._size, is_last=True)

    def _shown(self, row: FileRow, number: int, cells: list[str] | None) -> dict[str, Any]:
        """A row of the preview; what becomes of it is known after counting, unless nothing connects it: then it is new."""
        outcome = "new" if self._kind.joins_contacts else None
        return _cut({"line": row.line, "row": number, "outcome": outcome, "cells": cells, **row.shown()})

    def _position(self) -> int:
        try:
            return self._stream.tell() if self._stream is not None else 0
        except (OSError, ValueError):
            return 0

    def _keep_faults(self, tx: Session, faults: list[FileFault]) -> None:
        """Keep every refused row, and as many of the other errors as an answer has."""
        counts = self._state["counts"]
        refused = sum(fault.is_refused for fault in faults)
        room = max(0, MAX_ERRORS - self._state["errors"])
        kept = [fault for place, fault in enumerate(faults) if fault.is_refused or place < room]
        repository.add_faults(tx, self._id, kept)
        self._state["errors"] += len(faults) - refused
        counts["refused"] += refused
        counts["received"] += refused

    # Finding who belongs together, and what would happen

    def _connect(self, tx: Session) -> Step:
        state = self._state
        repository.connect(tx, self._id, with_contacts=self._kind.joins_contacts, tried_upto=PREVIEW_ROWS)
        rows, linked = repository.count_rows(tx, self._id)
        self._decide(tx)
        state["after"] = 0
        if state["then"] == MERGE:
            return self._begin_merge(rows)
        if self._kind.joins_contacts:
            state["counts"]["new"] = rows - linked
            rows = linked
        state["to_count"] = rows
        return self._running(COUNT, 0, rows)

    def _decide(self, tx: Session) -> None:
        """Say in the plan which values win, as nothing of the file is merged yet, and why, where the file says it."""
        state = self._state
        state["plan"]["on_duplicate"], reason = self._kind.decide(tx, state["merging"], state.get("latest_day", ""))
        if reason is not None and self._choices.on_duplicate is None:
            doubt = {"kind": "on_duplicate", "line": None, "field": None, "message": reason, "value": None}
            state["doubts"] = [doubt, *state["doubts"]][:MAX_DOUBTS]

    def _merging_choices(self) -> Choices:
        """The choices with what the plan decided."""
        chosen = self._choices.on_duplicate or self._state["plan"].get("on_duplicate")
        return self._choices._replace(on_duplicate=chosen)

    def _count(self, tx: Session) -> Step:
        """Count what becomes of the next rows.

        A row that nothing connects with others or with a contact is surely new. Of the others, those of the preview and those that may be known
        by their names alone are merged on trial; then the rest is compared with the contacts.
        """
        state = self._state
        tries = state.setdefault("tries", True)
        batch = self._batch(
            tx, only_linked=self._kind.joins_contacts, tried=tries if self._kind.joins_contacts else None
        )
        if batch is None and tries and self._kind.joins_contacts:
            state["tries"], state["after"] = False, 0
            return self._running(COUNT, state.get("counted", 0), state["to_count"])
        if batch is None:
            state["is_counted"] = True
            return Step(WAITING, self._enter(PLAN), 0, state["rows"], state, expires_at=self._expiry())
        choices = self._merging_choices()._replace(enrich=False)
        with tx.on_trial():
            if tries:
                outcome = self._kind.merge(tx, batch, state["merging"], choices)
            else:
                outcome = self._kind.count_rows(tx, batch, state["merging"], choices)
            shown = self._kind.preview(tx, PREVIEW_ROWS) if min(batch.row_nos) <= PREVIEW_ROWS else {}
        counts = state["counts"]
        for name, word in OUTCOMES.items():
            counts[word] += getattr(outcome, name)
        counts["refused"] += outcome.failed
        for row in state["preview"]:
            if row["row"] in shown:
                became, contact = shown[row["row"]]
                row["outcome"] = OUTCOMES.get(became, "refused")
                if contact is not None:
                    row["contact"] = _cut(contact)
        doubts = state["doubts"]
        doubts += [_doubt(fault) for fault in outcome.faults[: MAX_DOUBTS - len(doubts)]]
        state["after"] = batch.last
        state["counted"] = state.get("counted", 0) + len(batch.row_nos)
        return self._running(COUNT, state["counted"], state["to_count"])

    # Merging

    def _begin_merge(self, rows: int) -> Step:
        self._state["after"] = 0
        self._state["outcome"] = {"created": 0, "updated": 0, "unchanged": 0, "failed": self._refused_in_reading()}
        self._state["to_merge"] = rows
        return self._running(MERGE, 0, rows)

    def _refused_in_reading(self) -> int:
        return int(self._state["counts"]["received"]) - int(self._state["rows"])

    def _merge(self, tx: Session) -> Step:
        state = self._state
        if "outcome" not in state:
            self._begin_merge(state["rows"])
        batch = self._batch(tx, only_linked=False)
        outcome = state["outcome"]
        total = state["to_merge"]
        if batch is None:
            result = self._result()
            self._kind.end(tx)
            self._enter(ENDED)
            return Step(DONE, MERGE, total, total, {"upload": state["upload"]} | self._kept_state(), result)
        merged = self._kind.merge(tx, batch, state["merging"], self._merging_choices())
        for name in ("created", "updated", "unchanged", "failed"):
            outcome[name] += getattr(merged, name)
        state["kept"] = state.get("kept", 0) + merged.kept
        self._keep_merge_faults(tx, merged)
        repository.remove_merged(tx, self._id, batch.last)
        state["after"] = batch.last
        done = min(total, sum(outcome.values()) - self._refused_in_reading())
        return self._running(MERGE, done, total)

    def _keep_merge_faults(self, tx: Session, merged: Outcome) -> None:
        room = max(0, MAX_ERRORS - self._state["errors"])
        notes = [fault for fault in merged.faults if not fault.is_refused]
        self._state["errors"] += len(notes)
        repository.add_faults(tx, self._id, [fault for fault in merged.faults if fault.is_refused] + notes[:room])
        room = max(0, MAX_ERRORS - self._state.get("notices", 0))
        repository.add_faults(tx, self._id, merged.notices[:room], are_notices=True)
        self._state["notices"] = self._state.get("notices", 0) + len(merged.notices)

    def _result(self) -> dict[str, Any]:
        state = self._state
        counts = state["outcome"]
        return {
            "import_id": str(self._id),
            "format": state["plan"]["format"],
            "mapping": state["plan"]["mapping"],
            "received": sum(counts.values()),
            **counts,
            "kept": state.get("kept", 0),
        }

    def _kept_state(self) -> dict[str, Any]:
        """The part of the state that stays when the import has ended: how the file was read."""
        return {"plan": self._state["plan"], "columns": self._state["plan"].get("columns", [])}

    def _batch(self, tx: Session, *, only_linked: bool, tried: bool | None = None) -> Batch | None:
        state = self._state
        # An import that a release before this one has read says nothing of its length.
        characters = state.get("characters")
        fitting = CHUNK_BYTES * state["rows"] // max(1, characters) if characters is not None else CHUNK_ROWS
        most = max(1, min(self._batch_rows, fitting))
        return repository.next_batch(
            tx, self._id, after=state["after"], most=most, only_linked=only_linked, tried=tried
        )

    def _enter(self, phase: str) -> str:
        self._phase = phase
        return phase

    def _running(self, phase: str, done: int, total: int) -> Step:
        return Step(RUNNING, self._enter(phase), done, total, self._state)


def fresh_state(upload: str, then: str) -> dict[str, Any]:
    """The state of an import whose file has not been read.

    Args:
        upload: the name of the file.
        then: `plan` to wait for the user when it is read, `merge` to go on.
    """
    return {
        "upload": upload,
        "then": then,
        "entries": 0,
        "rows": 0,
        "characters": 0,
        "errors": 0,
        "counts": {"received": 0, "new": 0, "changed": 0, "known": 0, "refused": 0},
        "preview": [],
        "doubts": [],
    }


def choices_document(choices: Choices) -> dict[str, Any]:
    """The choices as JSON."""
    return choices._asdict() | {"mapping": dict(choices.mapping), "tags": list(choices.tags)}


def _cut(shown: dict[str, Any]) -> dict[str, Any]:
    """The values of a row, short enough for a preview."""

    def cut(value: Any) -> Any:
        if isinstance(value, str):
            return value if len(value) <= MAX_SHOWN else value[:MAX_SHOWN] + "…"
        if isinstance(value, list):
            return [cut(item) for item in value[:MAX_SHOWN]]
        if isinstance(value, dict):
            return {key: cut(item) for key, item in islice(value.items(), MAX_SHOWN)}
        return value

    return {key: cut(value) for key, value in shown.items()}


def _doubt(fault: FileFault) -> dict[str, Any]:
    return {"line": fault.line, "field": fault.field, "message": fault.message, "value": fault.value}
