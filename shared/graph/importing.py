"""Files of ties: read row by row, merged in the database in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from shared.graph import repository
from shared.graph.parameters import MIN_STRENGTH
from shared.imports import files
from shared.imports.outcome import MAX_ERRORS
from shared.imports.report import report
from shared.imports.rows import BadRow, Columns, Row, open_table, outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from uuid import UUID

    from shared.imports.files import Batch, Choices, OpenFile, Outcome
    from shared.imports.parameters import GraphImportQuery
    from shared.plumbing.postgres.database import Session

MAX_FILE_BYTES = 128 * 1024 * 1024
DEFAULT_STRENGTH = "0.5"

_COLUMNS = Columns(by_email=("from_email", "to_email"), by_id=("from_id", "to_id"), others=("strength", "mutual"))
_YES = {"", "true", "t", "yes", "y", "1"}
_NO = {"false", "f", "no", "n", "0"}


def import_relationships(
    tx: Session, stream: BinaryIO, *, content_type: str, options: GraphImportQuery
) -> dict[str, Any]:
    """Merge the rows of a file with the ties that are there; the same file again changes nothing.

    Args:
        tx: a transaction; rolled back here for a dry run.
        stream: a table with a header, `from_email,to_email,strength[,mutual]` or `from_id,to_id,...` in any order.
        content_type: as the client sent it, a hint only.
        options: the parameters of the request.

    Raises:
        BadRequest, TooLarge, UnsupportedFormat: the file cannot be read; nothing was changed.
    """
    file = open_table(stream, _COLUMNS, subject="relationships", content_type=content_type, max_bytes=MAX_FILE_BYTES)
    merged = repository.import_ties(tx, file.chunks(_tie), by_id=file.by_id, max_errors=MAX_ERRORS)
    return report(tx, file, merged, options)


def _tie(row: Row) -> str:
    """Write a row as a line for `copy_imported_ties`."""
    from_name, to_name = ("from_id", "to_id") if row.by_id else ("from_email", "to_email")
    from_key, to_key = row.contact(from_name), row.contact(to_name)
    stated = row.cell("strength")
    given = stated or DEFAULT_STRENGTH
    try:
        strength = float(given.replace(",", "."))
    except ValueError:
        strength = 0.0
    if not MIN_STRENGTH <= strength <= 1:
        raise BadRow("strength", "write a number above 0, up to 1", given)
    mutual = row.cell("mutual").lower()
    if mutual not in _YES and mutual not in _NO:
        raise BadRow("mutual", "write true or false", mutual)
    return (
        f"{row.line}\t{from_key}\t{to_key}\t{strength!r}\t{'f' if mutual in _NO else 't'}\t{'t' if stated else 'f'}\n"
    )


class TieFiles(NamedTuple):
    """The `FileKind` of ties.

    Attributes:
        changing: encloses a transaction that changes many contacts of a user, for the cache.
        joins_contacts: rows name contacts, and make none.
    """

    changing: Callable[[UUID], AbstractContextManager[None]]
    joins_contacts: bool = False

    def open(self, stream: BinaryIO, choices: Choices) -> OpenFile:
        """See `FileKind`."""
        table = open_table(
            stream,
            _COLUMNS,
            subject="relationships",
            content_type=f"text/csv; charset={choices.charset or ''}",
            max_bytes=files.MAX_FILE_BYTES,
        )
        return table.opened(_tie, lambda fields: "t:" + " ".join(sorted(fields[1:3])))

    def decide(self, tx: Session, merging: Mapping[str, Any], latest_day: str) -> tuple[str, str | None]:  # noqa: ARG002
        """See `FileKind`: its rows change no contact."""
        return "update", None

    def merge(self, tx: Session, batch: Batch, merging: Mapping[str, Any], choices: Choices) -> Outcome:  # noqa: ARG002
        """See `FileKind`."""
        merged = repository.import_ties(tx, [batch.data], by_id=merging["by_id"], max_errors=len(batch.lines))
        return outcome_of(merged, batch)

    def count_rows(self, tx: Session, batch: Batch, merging: Mapping[str, Any], choices: Choices) -> Outcome:
        """See `FileKind`."""
        return self.merge(tx, batch, merging, choices)

    def end(self, tx: Session) -> None:
        """See `FileKind`."""

    def preview(self, tx: Session, upto: int) -> dict[int, tuple[str, dict[str, Any] | None]]:  # noqa: ARG002
        """See `FileKind`: a tie has no more to show than its row."""
        return {}

    def note_change(self, user_id: UUID) -> AbstractContextManager[None]:
        """See `FileKind`."""
        return self.changing(user_id)
