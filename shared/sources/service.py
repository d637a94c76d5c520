"""The use cases of sources: making, reading and forgetting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.errors import Conflict, FieldError, TooLarge, ValidationFailed
from shared.sources import repository
from shared.sources.facts import Reader, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Literal
    from uuid import UUID

    from shared.plumbing.postgres.database import Session
    from shared.sources.facts import Batch
    from shared.sources.models import SourceCreate, SourcePatch

MAX_SOURCES = 62


def create_source(tx: Session, body: SourceCreate) -> UUID:
    """Add a source, and return its id.

    Raises:
        Conflict: there are as many as one may have.
    """
    number = repository.next_source_no(tx)
    if number is None:
        raise Conflict(f"there are {MAX_SOURCES} sources: delete one first")
    return repository.create_source(tx, number, body.kind, body.name, body.addresses)


def update_source(tx: Session, source_id: UUID, body: SourcePatch) -> str:
    """Change a source, and return it as JSON.

    Raises:
        NotFound: the user has no such source.
        Conflict: something is counted by the addresses.
    """
    if not repository.update_source(tx, source_id, body.name, body.addresses):
        raise Conflict(
            "messages are counted by these addresses: delete the source, make it anew with the right ones, and read it again"
        )
    return repository.get_source(tx, source_id)


def count_lines(
    tx: Session, source_id: UUID, lines: Iterable[bytes], *, of: Literal["messages", "events"], now: datetime
) -> dict[str, Any]:
    """Count the messages or events of a batch, each once, and settle the ties that they concern.

    Args:
        tx: a transaction; batches of one user follow each other.
        source_id: where they come from.
        lines: at most `MAX_LINES` JSON texts of the shapes that docs/sources.md describes.
        of: what they are.
        now: the present time.

    Raises:
        NotFound: the user has no such source.
        TooLarge: there are more lines.
        ValidationFailed: not a single line can be used.
    """
    number, origin = repository.begin_facts(tx, source_id)
    lines = list(lines)
    batch, addresses = _read(lines, Reader(origin, now), of)
    # whose addresses these are is asked once for all; mostly nobody is kept away, and what was read stands
    kept_away = repository.list_kept_away(tx, addresses)
    if kept_away:
        batch, _ = _read(lines, Reader(origin._replace(kept_away=kept_away), now), of)
    if batch.failed and batch.failed == batch.received:
        raise ValidationFailed(
            [FieldError(f"line {error['line']}, {error['field']}", error["message"]) for error in batch.errors],
            f"not one of the {batch.received} lines can be used; line {batch.errors[0]['line']}, {batch.errors[0]['field']}: {batch.errors[0]['message']}",
        )
    merged = repository.merge_facts(tx, number, batch.facts, batch.names)
    left_out = merged.left_out | ({"future": batch.later} if batch.later else {})
    return {
        "received": batch.received,
        "counted": merged.counted,
        "known": merged.known,
        "left_out": left_out,
        "failed": batch.failed,
        "errors": batch.errors,
    }


def _read(lines: list[bytes], reader: Reader, of: str) -> tuple[Batch, dict[str, int]]:
    """Read the lines of a batch; return also all addresses in them.

    Raises:
        TooLarge: there are more than `MAX_LINES`.
    """
    try:
        batch = read_lines(lines, reader.message if of == "messages" else reader.event, reader.names)
    except ValueError as error:
        raise TooLarge(str(error)) from None
    return batch, reader.addresses
