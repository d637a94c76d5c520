"""The SQL side of the journal: operations, undo, the trash, the changes of a contact and of all contacts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import NotFound
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
# A contact that was changed more often is shown by its latest changes.
MAX_CHANGES = 1000


class Deleted(NamedTuple):
    """A contact that is gone, as far as the journal knows it.

    Attributes:
        operation_id: the operation that took it away.
        no: the number of the contact.
        did: how it went: "d" deleted, "m" merged into another, "f" deleted for good.
    """

    operation_id: UUID
    no: int
    did: str


class ContactChange(NamedTuple):
    """One change of a contact.

    Attributes:
        no: its number, in the order of changes.
        did: "i" created, "u" updated, "d" deleted, "m" merged into another contact.
        subject: the table, where the change is of a row that belongs to the contact.
        before: the changed fields as they were.
        operation: `operation_id`, `kind`, `actor`, `at` and `details` of the operation.
    """

    no: int
    did: str
    subject: str | None
    before: dict[str, Any]
    operation: dict[str, Any]


class Feed(NamedTuple):
    """Where the feed of changes stands.

    Attributes:
        epoch: of this database, since it was made or restored.
        snapshot: the transactions that are visible now.
        begins_at: the journal holds nothing from before.
        now: the time of the database.
    """

    epoch: str
    snapshot: str
    begins_at: str
    now: str


def get_operation(tx: Session, operation_id: UUID) -> str:
    """An operation as JSON.

    Raises:
        NotFound: the user has no such operation, or it is older than the journal.
    """
    document: str | None = tx.value(QUERIES.find_operation, user_id=tx.user_id, operation_id=operation_id)
    if document is None:
        raise NotFound(f"no operation has the id {operation_id}, or it is older than the journal")
    return document


def list_operations(
    tx: Session, before_no: int, limit: int, kind: str | None, actor: str | None
) -> tuple[str, int | None]:
    """Operations as a JSON array, newest first, and the number of the last one; None on the last page."""
    row = tx.one(QUERIES.list_operations, user_id=tx.user_id, before_no=before_no, limit=limit, kind=kind, actor=actor)
    return _page(row)


def count_rows(tx: Session, operation_id: UUID) -> int:
    """How many rows an operation changed."""
    counts: dict[str, int] = json.loads(get_operation(tx, operation_id))["counts"]
    return sum(counts.values())


def undo_operation(tx: Session, operation_id: UUID) -> dict[str, Any]:
    """Take an operation back, and return the outcome.

    Raises:
        NotFound: the user has no such operation, or it is older than the journal.
    """
    outcome: str | None = tx.value(QUERIES.undo_operation, operation_id=operation_id)
    if outcome is None:
        raise NotFound(f"no operation has the id {operation_id}, or it is older than the journal")
    found: dict[str, Any] = json.loads(outcome)
    return found


def find_deleted(tx: Session, contact_id: UUID) -> Deleted | None:
    """The deletion of a contact that is gone; None where the contact is there, or the journal does not know it."""
    row = tx.one(QUERIES.find_deleted, contact_id=contact_id)
    return None if row is None or row[0] is None else Deleted(row[0], row[1], row[2])


def list_deleted(tx: Session, ids: Sequence[UUID]) -> dict[UUID, Deleted]:
    """The deletions of those of the contacts that are gone and that the journal knows."""
    rows = tx.many(QUERIES.list_deleted, user_id=tx.user_id, ids=list(ids))
    return {row[0]: Deleted(row[1], row[2], row[3]) for row in rows}


def present_among(tx: Session, ids: Sequence[UUID]) -> set[UUID]:
    """Those of the contacts that are there."""
    return {row[0] for row in tx.many(QUERIES.present_among, user_id=tx.user_id, ids=list(ids))}


def bring_back(tx: Session, operation_id: UUID, nos: Sequence[int]) -> int:
    """Bring back contacts that an operation deleted, with ties, interactions and all else that went with them; how many came."""
    row = tx.one(QUERIES.bring_back, operation_id=operation_id, nos=list(nos))
    return int((row and row[0]) or 0)


def lock_book(tx: Session) -> None:
    """Let nobody else bring contacts back, import or undo until the transaction ends."""
    tx.run(QUERIES.lock_book, user_id=tx.user_id)


def list_trashed(tx: Session, most: int) -> list[UUID]:
    """The ids of the contacts in the trash, the last deleted first, at most `most`."""
    ids: list[UUID] = tx.value(QUERIES.list_trashed, user_id=tx.user_id, most=most)
    return ids


def forget_trashed(tx: Session, ids: Sequence[UUID]) -> int:
    """Remove those of the contacts that are in the trash from the journal; how many."""
    return int(tx.value(QUERIES.forget_trashed, user_id=tx.user_id, ids=list(ids)))


def forget_contact(tx: Session, deleted: Deleted) -> None:
    """Remove a deleted contact from the journal."""
    tx.run(QUERIES.forget_contact, no=deleted.no)


def list_trash(tx: Session, before_no: int, limit: int) -> tuple[str, int | None]:
    """Deleted contacts as a JSON array, the last deleted first, and the place of the last one; None on the last page."""
    return _page(tx.one(QUERIES.list_trash, user_id=tx.user_id, before_no=before_no, limit=limit))


def _page(row: Any) -> tuple[str, int | None]:
    items, last_no, more = row
    return items, last_no if more else None


def present_fields(tx: Session, contact_id: UUID) -> dict[str, Any] | None:
    """The fields of a contact as the journal keeps them; None where there is no such contact."""
    fields: str | None = tx.value(QUERIES.present_fields, user_id=tx.user_id, contact_id=contact_id)
    return None if fields is None else json.loads(fields)


def contact_changes(tx: Session, contact_id: UUID) -> list[ContactChange]:
    """The latest changes of a contact, newest first."""
    rows = tx.many(QUERIES.contact_changes, user_id=tx.user_id, contact_id=contact_id, limit=MAX_CHANGES)
    return [
        ContactChange(
            no,
            did,
            subject,
            json.loads(before or "{}"),
            {
                "operation_id": str(operation_id),
                "kind": kind,
                "actor": actor,
                "at": at,
                "details": json.loads(details),
            },
        )
        for no, did, subject, before, operation_id, kind, actor, at, details in rows
    ]


def feed(tx: Session) -> Feed:
    """Where the feed of changes stands now."""
    row = tx.one(QUERIES.feed_position)
    assert row is not None
    return Feed(*row)


def list_changes(
    tx: Session, *, since: str, upto: str, after: tuple[str, int], limit: int
) -> tuple[list[dict[str, Any]], tuple[str, int] | None]:
    """Changes that are visible in one snapshot and not in an earlier one.

    Args:
        tx: a session on the primary.
        since: the earlier snapshot.
        upto: the later snapshot.
        after: transaction and number of the last change of the page before.
        limit: the most changes of the page.

    Returns:
        The changes, and the place of the last one; None on the last page.
    """
    rows = tx.many(
        QUERIES.list_changes,
        user_id=tx.user_id,
        since=since,
        upto=upto,
        after_transaction=after[0],
        after_no=after[1],
        limit=limit,
    )
    page, more = rows[:limit], len(rows) > limit
    items = [
        {"type": kind, "id": contact_id, "at": at, "operation_id": operation_id}
        | ({"merged_into": merged_into} if did == "m" else {})
        for kind, contact_id, at, operation_id, merged_into, _, _, did in page
        if contact_id is not None
    ]
    return items, (page[-1][5], page[-1][6]) if more else None


def purge_journal(tx: Session, older_than: datetime, most: int) -> int:
    """Remove at most `most` operations from before a time, with their changes; return how many."""
    return int(tx.value(QUERIES.purge_journal, older_than=older_than, most=most))
