"""The use cases of the journal: operations and their undo, the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.errors import Conflict, Gone, NotFound
from shared.history import repository
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shared.history.parameters import OperationListQuery
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session

_NEWEST = 2**63 - 1
_FORGOTTEN = "this contact was deleted for good"


def list_operations(tx: Session, query: OperationListQuery) -> str:
    """A page of operations, newest first, as the API answers it."""
    items, last_no = repository.list_operations(tx, _place(query), query.limit, query.kind, query.actor)
    return json_page(items, None if last_no is None else encode_cursor(last_no))


def list_trash(tx: Session, query: Page, kept_days: int) -> str:
    """A page of deleted contacts, the last deleted first, as the API answers it."""
    items, last_no = repository.list_trash(tx, _place(query), query.limit)
    page = json_page(items, None if last_no is None else encode_cursor(last_no))
    return f'{page[:-1]},"kept_days":{kept_days}}}'


def _place(query: Page) -> int:
    return _NEWEST if query.cursor is None else int(decode_cursor(query.cursor, int)[0])


def undo_operation(tx: Session, operation_id: UUID, *, dry_run: bool) -> dict[str, Any]:
    """Take an operation back; what was changed since stays and is listed.

    Args:
        tx: a transaction; for a dry run one that is rolled back.
        operation_id: the id of the operation.
        dry_run: whether the outcome is only asked for.

    Raises:
        NotFound: the user has no such operation.
    """
    return repository.undo_operation(tx, operation_id) | {"dry_run": dry_run}


def restore_contact(tx: Session, contact_id: UUID) -> None:
    """Bring a contact back from the trash; do nothing when it is there.

    Raises:
        NotFound: the journal knows no such contact.
        Conflict: another contact took its place in a merge.
        Gone: the contact was deleted for good.
    """
    # Of two that bring one contact back at a time the second finds it there.
    repository.lock_book(tx)
    deleted = _deleted(tx, contact_id)
    if deleted is None:
        return
    if deleted.did == "m":
        raise Conflict(_merged(deleted))
    repository.bring_back(tx, deleted.operation_id, [deleted.no])


def restore_contacts(tx: Session, ids: Sequence[UUID]) -> tuple[int, dict[UUID, tuple[str, str]]]:
    """Bring contacts back from the trash; those that are there stay as they are.

    Returns:
        How many came back, and of those that cannot the code and the reason.
    """
    # Of two that bring one contact back at a time the second finds it there.
    repository.lock_book(tx)
    deleted = repository.list_deleted(tx, ids)
    present = repository.present_among(tx, ids)
    problems: dict[UUID, tuple[str, str]] = {}
    by_operation: dict[UUID, list[int]] = {}
    for contact_id in ids:
        found = deleted.get(contact_id)
        if found is None:
            if contact_id not in present:
                problems[contact_id] = NotFound.code, f"no contact has the id {contact_id}, not in the trash either"
        elif found.did == "m":
            problems[contact_id] = Conflict.code, _merged(found)
        elif found.did == "f":
            problems[contact_id] = Gone.code, _FORGOTTEN
        else:
            by_operation.setdefault(found.operation_id, []).append(found.no)
    restored = sum(repository.bring_back(tx, operation_id, nos) for operation_id, nos in by_operation.items())
    return restored, problems


def _merged(deleted: repository.Deleted) -> str:
    return f"this contact was merged into another: undo the operation {deleted.operation_id} instead"


def forget_contact(tx: Session, contact_id: UUID) -> None:
    """Delete a contact of the trash for good: nothing of it stays in the journal.

    Raises:
        NotFound: the journal knows no such contact.
        Conflict: the contact is not in the trash.
        Gone: the contact was deleted for good.
    """
    deleted = _deleted(tx, contact_id)
    if deleted is None:
        raise Conflict("this contact is not in the trash: delete it first")
    repository.forget_contact(tx, deleted)


def _deleted(tx: Session, contact_id: UUID) -> repository.Deleted | None:
    deleted = repository.find_deleted(tx, contact_id)
    if deleted is None and repository.present_fields(tx, contact_id) is None:
        raise NotFound(f"no contact has the id {contact_id}, not in the trash either")
    if deleted is not None and deleted.did == "f":
        raise Gone(_FORGOTTEN)
    return deleted
