"""Files of interactions: read row by row, merged in the database in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, get_args

from shared.imports import files
from shared.imports.outcome import MAX_ERRORS
from shared.imports.report import report
from shared.imports.rows import BadRow, Columns, Row, open_table, outcome_of
from shared.interactions import repository
from shared.interactions.parameters import Direction, Kind
from shared.interactions.service import CLOCK_SKEW, EARLIEST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from uuid import UUID

    from shared.imports.files import Batch, Choices, OpenFile, Outcome
    from shared.imports.parameters import GraphImportQuery
    from shared.plumbing.postgres.database import Session

MAX_FILE_BYTES = 64 * 1024 * 1024
DEFAULT_DIRECTION = "both"

_COLUMNS = Columns(by_email=("email",), by_id=("contact_id",), others=("kind", "at", "direction"))
_KINDS, _DIRECTIONS = get_args(Kind), get_args(Direction)


def import_interactions(
    tx: Session, stream: BinaryIO, *, content_type: str, options: GraphImportQuery, now: datetime
) -> dict[str, Any]:
    """Merge the rows of a file with the stored interactions, and compute the strengths of the ties that they concern.

    Args:
        tx: a transaction; rolled back here for a dry run.
        stream: a table with a header, `email,kind,at[,direction]` or `contact_id,...` in any order.
        content_type: as the client sent it, a hint only.
        options: the parameters of the request.
        now: the present time; an interaction in the future is refused.

    Raises:
        BadRequest, TooLarge, UnsupportedFormat: the file cannot be read; nothing was changed.
    """
    latest = now + CLOCK_SKEW

    def copied(row: Row) -> str:
        return _interaction(row, latest)

    file = open_table(stream, _COLUMNS, subject="interactions", content_type=content_type, max_bytes=MAX_FILE_BYTES)
    merged = repository.import_interactions(tx, file.chunks(copied), by_id=file.by_id, max_errors=MAX_ERRORS)
    return report(tx, file, merged, options)


def _interaction(row: Row, latest: datetime) -> str:
    """Write a row as a line for `copy_imported_interactions`."""
    key = row.contact("contact_id" if row.by_id else "email")
    kind = row.cell("kind").lower()
    if kind not in _KINDS:
        raise BadRow("kind", f"write one of {', '.join(_KINDS)}", kind)
    direction = row.cell("direction").lower() or DEFAULT_DIRECTION
    if direction not in _DIRECTIONS:
        raise BadRow("direction", f"write one of {', '.join(_DIRECTIONS)}", direction)
    given = row.cell("at")
    try:
        at = datetime.fromisoformat(given)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadRow("at", "write a time such as 2025-03-31T09:30:00Z", given) from None
    if not EARLIEST <= at <= latest:
        raise BadRow("at", "write a time in the past, after 1999", given)
    return f"{row.line}\t{key}\t{kind}\t{at.isoformat()}\t{direction}\n"


class InteractionFiles(NamedTuple):
    """The `FileKind` of interactions.

    Attributes:
        changing: encloses a transaction that changes many contacts of a user, for the cache.
        now: returns the time.
        joins_contacts: rows name contacts, and make none.
    """

    changing: Callable[[UUID], AbstractContextManager[None]]
    now: Callable[[], datetime]
    joins_contacts: bool = False

    def open(self, stream: BinaryIO, choices: Choices) -> OpenFile:
        """See `FileKind`."""
        latest = self.now() + CLOCK_SKEW
        table = open_table(
            stream,
            _COLUMNS,
            subject="interactions",
            content_type=f"text/csv; charset={choices.charset or ''}",
            max_bytes=files.MAX_FILE_BYTES,
        )
        return table.opened(lambda row: _interaction(row, latest), lambda fields: "i:" + " ".join(fields[1:]))

    def decide(self, tx: Session, merging: Mapping[str, Any], latest_day: str) -> tuple[str, str | None]:  # noqa: ARG002
        """See `FileKind`: its rows change no contact."""
        return "update", None

    def merge(self, tx: Session, batch: Batch, merging: Mapping[str, Any], choices: Choices) -> Outcome:  # noqa: ARG002
        """See `FileKind`."""
        merged = repository.import_interactions(tx, [batch.data], by_id=merging["by_id"], max_errors=len(batch.lines))
        return outcome_of(merged, batch)

    def count_rows(self, tx: Session, batch: Batch, merging: Mapping[str, Any], choices: Choices) -> Outcome:
        """See `FileKind`."""
        return self.merge(tx, batch, merging, choices)

    def end(self, tx: Session) -> None:
        """See `FileKind`."""

    def preview(self, tx: Session, upto: int) -> dict[int, tuple[str, dict[str, Any] | None]]:  # noqa: ARG002
        """See `FileKind`: an interaction has no more to show than its row."""
        return {}

    def note_change(self, user_id: UUID) -> AbstractContextManager[None]:
        """See `FileKind`."""
        return self.changing(user_id)
