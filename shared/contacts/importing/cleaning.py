"""Clean the values of a contact, whatever the format of its file. Every row passes here, so it is written for speed."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from shared.contacts import mailboxes
from shared.contacts.importing import bounds
from shared.contacts.importing.parsed import ParsedContact
from shared.contacts.importing.phones import Phones, needs_nothing
from shared.contacts.importing.placeholders import is_no_mailbox, is_placeholder, without_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shared.contacts.importing.parsed import Record, RowError

# Blanks of any width that are not the one of a keyboard.
_BLANKS = re.compile(r"[\s\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0]+")
# Marks that nobody sees. Zero-width joiners shape Persian, Indic and emoji, so only those at the ends and between Latin letters go.
_MARKS = re.compile(
    r"[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    r"|^[\u200c\u200d]+|[\u200c\u200d]+$|(?<=[\x00-\x7f])[\u200c\u200d]+(?=[\x00-\x7f])"
)
_SHORT = 25  # characters; a placeholder is shorter
# The first letter of an address that stands for none; the pattern takes longer.
_FIRST_OF_NO_MAILBOX = frozenset("nNuUdDkKsS")


def clean_records(records: Iterable[Record]) -> Iterator[Record]:
    """Clean every contact of a file; the errors of a contact precede it, as in `records`."""
    for record in records:
        if isinstance(record, ParsedContact):
            yield from clean(record)
            if not (record.name or record.email or record.linkedin_slug):
                yield bounds.nobody(
                    record.line, " ".join([*record.phones, record.company or "", record.title or ""]).strip()
                )
                continue
        yield record


def clean(contact: ParsedContact) -> list[RowError]:
    """Remove placeholders, invisible marks and what a spreadsheet has spoilt from a contact.

    Returns:
        One error for each value that is lost by that.
    """
    name, company, title, location = contact.name, contact.company, contact.title, contact.location
    if not name.isascii():
        name = contact.name = readable(name)
    if not name.replace(" ", "").isalpha() or "null" in name or "NULL" in name or "NaN" in name or "undefined" in name:
        contact.name = without_placeholders(name)
    if company is not None and (len(company) < _SHORT or not company.isascii()):
        contact.company = None if is_placeholder(company, short=True) else readable(company)
    if title is not None and (len(title) < _SHORT or not title.isascii()):
        contact.title = None if is_placeholder(title, short=True) else readable(title)
    if location is not None and len(location) < _SHORT and is_placeholder(location):
        contact.location = None
    if contact.notes is not None and len(contact.notes) < _SHORT and is_placeholder(contact.notes):
        contact.notes = None
    errors: list[RowError] = []
    if contact.emails:
        _clean_emails(contact)
    if contact.emails and (
        contact.company_emails or len(contact.emails) > 1 or mailboxes.is_role_address(contact.emails[0])
    ):
        errors = _settle_emails(contact)
    if contact.phones and not needs_nothing(contact.phones):
        errors += _clean_phones(contact)
    return errors


def readable(text: str) -> str:
    """A text on one line without marks that nobody sees, in composed letters; however wide its blanks are."""
    if text.isascii():
        return text
    return _BLANKS.sub(" ", _MARKS.sub("", unicodedata.normalize("NFC", text))).strip()


def _clean_emails(contact: ParsedContact) -> None:
    emails = contact.emails
    if len(emails) == 1 and (email := emails[0]).isascii() and email[0] not in _FIRST_OF_NO_MAILBOX:
        return
    emails = [unicodedata.normalize("NFC", email) for email in emails]
    # Where nothing else identifies the contact, the made-up address does.
    if contact.name or contact.linkedin_slug:
        emails = [email for email in emails if not is_no_mailbox(email)]
    if emails != contact.emails:
        contact.emails = emails
        contact.email = emails[0] if emails else None


def _settle_emails(contact: ParsedContact) -> list[RowError]:
    """Put the contact's own addresses first; one error for each address of an office."""
    found = mailboxes.settled(contact.name, contact.company, contact.emails, contact.company_emails)
    if found is None or not (contact.name or contact.linkedin_slug):
        return []
    contact.email, contact.emails = found.email, found.emails
    return [bounds.of_office(contact.line, email) for email in found.of_offices]


def _clean_phones(contact: ParsedContact) -> list[RowError]:
    phones = Phones(contact.phones)
    contact.phones = phones.numbers
    for word in phones.words:
        bounds.add_custom(contact.custom, "Phone", word)
    for label, number in phones.labelled.items():
        bounds.add_custom(contact.custom, label, number)
    return [bounds.rounded_phone(contact.line, number) for number in phones.rounded]
