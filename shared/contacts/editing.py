"""Create, change and delete single contacts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from shared.contacts import mailboxes, repository
from shared.contacts.fields import EDITED
from shared.errors import Conflict, SharedAddress, quoted
from shared.fields import service as custom_fields

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from shared.contacts.models import ContactCreate, ContactFields, ContactPatch, ContactReplace
    from shared.plumbing.postgres.database import Session

Given = TypeVar("Given", bound="ContactFields")
_EMPTY = {field.name: field.blank for field in EDITED}


def create_contact(tx: Session, fields: ContactCreate, on_conflict: str | None = None) -> tuple[UUID, str, bool]:
    """Add a contact unless a contact has its e-mail or profile already.

    Args:
        tx: a transaction.
        fields: the fields of the contact.
        on_conflict: what to do when a contact has the e-mail or the profile already. "return": answer that contact; "error":
            refuse; "update": change its fields that are given; None: answer that contact. The last two unless its name is clearly
            another person's.

    Returns:
        Id and document of the new contact, or of the existing one; and whether the contact is new.

    Raises:
        Conflict: a contact has the e-mail or the profile, and `on_conflict` is "error".
        SharedAddress: a contact with a clearly different name has the e-mail or the profile, and `on_conflict` is None or "update".
    """
    fields = _typed(tx, fields, {})
    settled = _settled(fields)
    contact_id = repository.create_contact(tx, settled, source="manual")
    if contact_id is not None:
        _release(tx, settled)
        return contact_id, repository.get_contact(tx, contact_id), True
    same = repository.find_same_contact(tx, settled)
    if same is None:
        raise Conflict("a contact with this e-mail or profile was deleted at the same moment; try again")
    if on_conflict == "error":
        raise Conflict(f"{quoted(same.name)} ({same.contact_id}) has this e-mail or profile")
    if same.is_another_name and on_conflict != "return":
        raise SharedAddress(
            f"{quoted(same.name)} ({same.contact_id}) has this e-mail or profile, and {quoted(fields.name)} is another name: correct"
            " one of them, leave the address out, or ask for that contact with on_conflict=return"
        )
    if on_conflict == "update":
        return same.contact_id, _filled(tx, same.contact_id, fields), False
    return same.contact_id, same.document, False


def _filled(tx: Session, contact_id: UUID, fields: ContactCreate) -> str:
    """Change the given fields of a contact as a merge patch does; addresses are added to those that it has."""
    from shared.contacts.models import ContactPatch  # noqa: PLC0415 - few requests change what is there

    given = fields.model_dump(include=fields.model_fields_set - {"email", "emails", "enrich"})
    known = json.loads(repository.get_contact(tx, contact_id))["emails"]
    new = [email for email in fields.emails if email.lower() not in {other.lower() for other in known}]
    patch = ContactPatch.model_validate(given | ({"emails": known + new} if new else {}))
    return update_contact(tx, contact_id, patch, lambda _: None)


def replace_contact(tx: Session, contact_id: UUID, fields: ContactReplace, check: Callable[[str], None]) -> str:
    """Replace every field that people edit.

    Args:
        tx: a transaction.
        contact_id: the id of the contact.
        fields: the new fields.
        check: called with the present document; raises when the caller knows another version of it.

    Raises:
        ValidationFailed: a field that cannot be written has another value than the contact.
    """
    is_self = repository.lock_contact(tx, contact_id)
    document = repository.get_contact(tx, contact_id)
    check(document)
    present = json.loads(document)
    fields.check_read_only(present)
    _replace(tx, contact_id, _typed(tx, fields, present["custom"]), is_self=is_self)
    return repository.get_contact(tx, contact_id)


def update_contact(tx: Session, contact_id: UUID, patch: ContactPatch, check: Callable[[str], None]) -> str:
    """Apply a merge patch; arguments as for `replace_contact`."""
    from shared.contacts.models import ContactFields  # noqa: PLC0415 - pydantic, which deleting does not need
    from shared.models import validated  # noqa: PLC0415 - as above

    is_self = repository.lock_contact(tx, contact_id)
    document = repository.get_contact(tx, contact_id)
    check(document)
    present = json.loads(document)
    if patch.custom:
        patch = patch.model_copy(update={"custom": custom_fields.settle(tx, patch.custom, present["custom"])})
    fields = validated(ContactFields, patched(present, patch))
    _replace(tx, contact_id, fields, is_self=is_self)
    return repository.get_contact(tx, contact_id)


def delete_contact(tx: Session, contact_id: UUID, check: Callable[[str], None]) -> None:
    """Delete a contact and its ties; arguments as for `replace_contact`.

    Raises:
        Conflict: the contact is the self contact.
    """
    if repository.lock_contact(tx, contact_id):
        raise Conflict("this contact is you: every path begins here, so it cannot be deleted")
    check(repository.get_contact(tx, contact_id))
    repository.delete_contact(tx, contact_id)


def _replace(tx: Session, contact_id: UUID, fields: ContactFields, *, is_self: bool) -> None:
    if not is_self:  # whose first address is that of the account
        fields = _settled(fields)
    repository.replace_contact(tx, contact_id, fields)
    _release(tx, fields)


def _typed(tx: Session, fields: Given, present: dict[str, str]) -> Given:
    """The fields with custom values in the form of their kind.

    Raises:
        ValidationFailed: a value does not fit its custom field.
    """
    custom = custom_fields.settle(tx, fields.custom, present)
    return fields if custom == fields.custom else fields.model_copy(update={"custom": custom})


def _settled(fields: ContactFields) -> ContactFields:
    """The fields with the contact's own addresses before those of offices, which are nobody's first one."""
    found = mailboxes.settled(fields.name, fields.company, fields.emails) if fields.emails else None
    return fields if found is None else fields.model_copy(update={"email": found.email, "emails": found.emails})


def _release(tx: Session, fields: ContactFields) -> None:
    """Let an address that has become an office's be nobody's first one; only a further address is shared."""
    if fields.company and len(fields.emails) > (fields.email is not None):
        repository.release_addresses(tx, fields.emails)


def patched(contact: dict[str, Any], patch: ContactPatch) -> dict[str, Any]:
    """The editable fields of a contact after a merge patch.

    A new `email` takes the place of the old one, unless it is one of the present `emails`: then it becomes the first of them. New `emails` keep
    the present `email` where it is among them.
    """
    fields = {name: contact[name] for name in type(patch).model_fields}
    given = patch.model_dump(include=patch.model_fields_set)
    if "custom" in given:
        merged = fields["custom"] | (given["custom"] or {})
        given["custom"] = {key: value for key, value in merged.items() if value is not None} if given["custom"] else {}
    if "email" in given and "emails" not in given:
        removed = {(fields["email"] or "").lower()}
        if given["email"] and given["email"].lower() in (email.lower() for email in fields["emails"]):
            removed = {given["email"].lower()}
        others = [email for email in fields["emails"] if email.lower() not in removed]
        given["emails"] = [given["email"], *others] if given["email"] else others
    elif "emails" in given and "email" not in given:
        kept = [email for email in given["emails"] or [] if email.lower() == (fields["email"] or "").lower()]
        given["email"] = kept[0] if kept else None
    return fields | {name: _EMPTY[name] if value is None else value for name, value in given.items()}
