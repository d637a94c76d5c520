"""Read contacts from the address lines of an e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.contacts.addresses import is_email
from shared.contacts.importing import bounds
from shared.contacts.importing.csv_plan import flipped
from shared.contacts.importing.parsed import ContactFile, ParsedContact, Record
from shared.formats.address_lines import Recipient, read_recipients

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.encoding import Survey
    from shared.formats.source import Source


def open_recipients(source: Source, survey: Survey) -> ContactFile | None:
    """Recognise address lines; None where the file is something else."""
    found = read_recipients(source, survey, is_email)
    return ContactFile("recipients", {}, None, _records(found)) if found else None


def _records(found: list[Recipient]) -> Iterator[Record]:
    for each in found:
        contact = ParsedContact(each.line, flipped(each.name), each.email, [each.email])
        yield from bounds.enforce(contact)
        yield contact
