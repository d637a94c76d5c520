"""Read contacts from vCard files: each card is one contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.contacts.importing import bounds
from shared.contacts.importing.parsed import ContactFile, Record, RowError
from shared.contacts.importing.vcard_contact import contact_of, display_name
from shared.contacts.importing.vcard_groups import Groups, has_groups, is_group
from shared.formats.vcard import MAX_PROPERTIES, Card, read_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.encoding import Survey
    from shared.formats.source import Source

_NOT_ABOUT_A_PERSON = frozenset({"VERSION", "PRODID", "REV", "UID"})
OWN_PRODUCT = b"-//Warmpath//"


def open_vcards(source: Source, survey: Survey) -> ContactFile:
    """Open a vCard file; its cards are read while they are consumed."""
    is_own = OWN_PRODUCT in source.head()[:4096]
    return ContactFile("warmpath_vcard" if is_own else "vcard", {}, None, _records(source, survey))


def _records(source: Source, survey: Survey) -> Iterator[Record]:
    groups = Groups(read_cards(source, survey) if has_groups(source) else ())
    for card in read_cards(source, survey):
        yield from records_of(card, groups)


def records_of(card: Card, groups: Groups) -> Iterator[Record]:
    """Yield the contact of a card, after the errors of the card; nothing for a group."""
    if card.has_nul:
        yield bounds.has_nul(card.line, display_name(card))
        return
    if is_group(card):
        if card.is_overfull:
            message = f"the group has more than {MAX_PROPERTIES} members: the others do not get its name as a tag"
            yield RowError(card.line, None, message, display_name(card) or None)
        return
    contact, errors = contact_of(card)
    groups.tag(contact)
    if not card.complete:
        message = (
            "the card is cut off, its END:VCARD is missing: what was whole is imported, compare it with the original"
        )
        errors.insert(0, RowError(card.line, None, message, display_name(card) or None))
    if card.is_overfull:
        message = f"the card has more than {MAX_PROPERTIES} properties, or longer ones than fit: the rest was left out"
        errors.append(RowError(card.line, None, message, display_name(card) or None))
    errors += bounds.enforce(contact)
    if contact.name or contact.emails or contact.linkedin_slug:
        yield from errors
        yield contact
        return
    texts = [
        entry.text for entry in card.properties if entry.head.name not in _NOT_ABOUT_A_PERSON and entry.text.strip(" ;")
    ]
    if texts and not errors:
        errors.append(bounds.nobody(card.line, "; ".join(texts)))
    for error in errors[-1:]:
        error.lost = True
    yield from errors
