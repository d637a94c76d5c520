"""What people do with contacts."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.contacts import repository
from shared.contacts.documents import trimmed_items
from shared.contacts.models import ContactFields
from shared.errors import Conflict, FieldError, ValidationFailed
from shared.models import validated
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from shared.contacts.models import ContactCreate, ContactListQuery, ContactPatch, ContactSearchQuery
    from shared.database import Session

_EDITABLE = tuple(ContactFields.model_fields)
# A page is one statement; no connection is held while somebody downloads slowly.
_EXPORT_PAGE = 500
_EMPTY = {"name": "", "emails": [], "phones": [], "tags": [], "custom": {}}


def create_contact(tx: Session, fields: ContactCreate) -> tuple[UUID, str, bool]:
    """Adds a contact unless its e-mail or profile is there already.

    Returns:
        Id and document of the new contact, or of the one that was there, unchanged; and whether it is new.
    """
    contact_id = repository.create_contact(tx, fields, source="manual")
    if contact_id is not None:
        return contact_id, repository.get_contact(tx, contact_id), True
    same = repository.find_same_contact(tx, fields)
    if same is None:
        raise Conflict("a contact with this e-mail or profile was removed at this moment; try again")
    return *same, False


def replace_contact(tx: Session, contact_id: UUID, fields: ContactFields, check: Callable[[str], None]) -> str:
    """Replaces every field that people edit.

    Args:
        tx: a transaction.
        contact_id: which one.
        fields: what it shall hold.
        check: raises when the document it is given is not the one that the caller knows.
    """
    repository.lock_contact(tx, contact_id)
    check(repository.get_contact(tx, contact_id))
    repository.replace_contact(tx, contact_id, fields)
    return repository.get_contact(tx, contact_id)


def update_contact(tx: Session, contact_id: UUID, patch: ContactPatch, check: Callable[[str], None]) -> str:
    """Applies a merge patch; arguments as for `replace_contact`."""
    repository.lock_contact(tx, contact_id)
    document = repository.get_contact(tx, contact_id)
    check(document)
    fields = validated(ContactFields, patched(json.loads(document), patch))
    repository.replace_contact(tx, contact_id, fields)
    return repository.get_contact(tx, contact_id)


def delete_contact(tx: Session, contact_id: UUID, check: Callable[[str], None]) -> None:
    """Removes a contact and its relationships; arguments as for `replace_contact`.

    Raises:
        Conflict: it is the self contact.
    """
    if repository.lock_contact(tx, contact_id):
        raise Conflict("this contact is you: every path begins here, so it stays")
    check(repository.get_contact(tx, contact_id))
    repository.delete_contact(tx, contact_id)


def patched(contact: dict[str, Any], patch: ContactPatch) -> dict[str, Any]:
    """The editable fields of a contact after a merge patch.

    A new primary address takes the place of the old one; new `emails` keep the primary one where it is among them.
    """
    fields = {name: contact[name] for name in _EDITABLE}
    given = patch.model_dump(include=patch.model_fields_set)
    if "custom" in given:
        merged = fields["custom"] | (given["custom"] or {})
        given["custom"] = {key: value for key, value in merged.items() if value is not None} if given["custom"] else {}
    if "email" in given and "emails" not in given:
        others = [email for email in fields["emails"] if email.lower() != (fields["email"] or "").lower()]
        given["emails"] = [given["email"], *others] if given["email"] else others
    elif "emails" in given and "email" not in given:
        kept = [email for email in given["emails"] or [] if email.lower() == (fields["email"] or "").lower()]
        given["email"] = kept[0] if kept else None
    return fields | {name: _EMPTY.get(name) if value is None else value for name, value in given.items()}


def list_contacts(tx: Session, query: ContactListQuery) -> str:
    """A page of contacts as the API answers it."""
    after = None
    if query.cursor is not None:
        sort, key, contact_id = decode_cursor(query.cursor, str, str, UUID)
        if sort != query.sort:
            raise ValidationFailed([FieldError("cursor", f"belongs to sort={sort}, not to sort={query.sort}")])
        after = (key, contact_id)
    filters = repository.Filters(query.tag, query.company, query.has_email)
    page = repository.list_contacts(tx, query.sort, after, query.limit, filters)
    next_cursor = encode_cursor(query.sort, *page.next) if page.next else None
    total = repository.count_contacts(tx, filters) if query.include_total else None
    return json_page(trimmed_items(page.items, query.fields), next_cursor, total)


def search_contacts(tx: Session, query: ContactSearchQuery) -> str:
    """The contacts that answer a question, as the API answers them."""
    after = None
    if query.cursor is not None:
        score, name, contact_id = decode_cursor(query.cursor, str, str, UUID)
        try:
            float(score)
        except ValueError:
            raise ValidationFailed(
                [FieldError("cursor", "pass the next_cursor of the page before, unchanged")]
            ) from None
        after = (score, name, contact_id)
    items, place = repository.search_contacts(tx, query.q, after, query.limit)
    return json_page(trimmed_items(items, query.fields, ("score", "matched")), encode_cursor(*place) if place else None)


def export_contacts(read: Callable[[], AbstractContextManager[Session]], export_format: str) -> Iterator[bytes]:
    """All contacts of the user as a file.

    Args:
        read: opens a session; called for each page.
        export_format: csv, vcf or json.

    Yields:
        Pieces of the file.
    """
    writer = import_module(f"shared.contacts.exporting.{export_format}")
    chunks: Iterator[bytes] = getattr(writer, f"write_{export_format}")(_all_contacts(read))
    return chunks


def _all_contacts(read: Callable[[], AbstractContextManager[Session]]) -> Iterator[dict[str, Any]]:
    after: UUID | None = None
    while True:
        with read() as tx:
            contacts, after = repository.export_page(tx, after, _EXPORT_PAGE)
        if after is None:
            return
        yield from contacts
