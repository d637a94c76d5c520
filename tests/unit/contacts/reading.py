"""Reads a file of contacts in a test: contacts and errors apart."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.contacts.importing.parsed import ParsedContact, RowError
from shared.contacts.importing.reader import open_contacts

if TYPE_CHECKING:
    from shared.contacts.importing.parsed import ContactFile


@dataclass
class Read:
    """What a file yielded."""

    file: ContactFile
    contacts: list[ParsedContact]
    errors: list[RowError]

    @property
    def only(self) -> ParsedContact:
        """Its one contact."""
        assert len(self.contacts) == 1, self.contacts
        return self.contacts[0]

    @property
    def names(self) -> list[str]:
        """The names, in order."""
        return [contact.name for contact in self.contacts]


def read(data: str | bytes, **hints: Any) -> Read:
    """Reads a whole file; an error that loses its record is followed by no contact of that line."""
    file = open_contacts(io.BytesIO(data.encode() if isinstance(data, str) else data), **hints)
    contacts: list[ParsedContact] = []
    errors: list[RowError] = []
    for record in file.records:
        if isinstance(record, RowError):
            errors.append(record)
        else:
            contacts.append(record)
    return Read(file, contacts, errors)


def facts(contact: ParsedContact) -> dict[str, Any]:
    """The fields of a contact that say something, without its line."""
    fields = {name: getattr(contact, name) for name in contact.__slots__ if name != "line"}
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
