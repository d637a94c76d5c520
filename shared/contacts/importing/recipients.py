"""Reads what is copied out of a mail's address lines: `Ana Diaz <ana@x.org>, "Li, Bo" <bo@x.org>; cy@x.org`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from shared.contacts.addresses import is_email
from shared.contacts.importing import bounds
from shared.contacts.importing.csv_plan import flipped
from shared.contacts.importing.parsed import ContactFile, ParsedContact, Record
from shared.contacts.importing.source import read_up_to
from shared.contacts.importing.values import without_mailto

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.contacts.importing.encoding import Survey
    from shared.contacts.importing.source import Source

# Nobody writes to more people at once.
_MAX_BYTES = 1024 * 1024
# No part gives back what it took: white space fits several of them, and trying all ways would take a minute.
_ADDRESS = r"[^\s<>,;\"@]++@[^\s<>,;\"@]++"
# A name without quotes may have a comma where semicolons or line ends stand between people, as Outlook writes it.
_RECIPIENT = re.compile(
    rf"\s*+(?:(?P<name>\"[^\"\n]*+\"\s*+|[^\"<>\n;@]*+|{_ADDRESS}\s*+)<\s*+(?P<named>{_ADDRESS})\s*+>|(?P<bare>{_ADDRESS}))[ \t]*+"
)
_SEPARATOR = re.compile(r"[,;\s]*+")
_FIELD = re.compile(r"\s*+(?:to|cc|bcc|from|an|von|à|de|para|a)\s*+:", re.IGNORECASE)


class _Recipient(NamedTuple):
    position: int
    name: str
    email: str


def open_recipients(source: Source, survey: Survey) -> ContactFile | None:
    """Recognises address lines; None where the file is something else."""
    data = read_up_to(source.open(), _MAX_BYTES + 1)
    text = data.decode(survey.encoding, survey.errors).lstrip("\ufeff")
    found = _recipients(text) if len(data) <= _MAX_BYTES else []
    if len(found) < 2 or ("\n" in text.strip() and not any(each.name for each in found)):  # noqa: PLR2004 - one is no list
        return None  # addresses alone, a row each, are a table like any other
    return ContactFile("recipients", {}, None, _records(text, found))


def _recipients(text: str) -> list[_Recipient]:
    """All of them; none where something else stands between."""
    found: list[_Recipient] = []
    start = _FIELD.match(text)
    position = start.end() if start else 0
    while position < len(text):
        match = _RECIPIENT.match(text, position)
        if match is None:
            return []
        between = _SEPARATOR.match(text, match.end())
        assert between is not None  # it fits the empty text
        if between.end() < len(text) and not set(",;\n") & set(between[0]):
            return []
        email = without_mailto(match["named"] or match["bare"])
        if not is_email(email):
            return []
        name = " ".join((match["name"] or "").strip(" \t\"'").split())
        found.append(_Recipient(match.start(), "" if name.lower() == email.lower() else name, email))
        position = between.end()
    return found


def _records(text: str, found: list[_Recipient]) -> Iterator[Record]:
    line, counted = 1, 0
    for each in found:
        line += text.count("\n", counted, each.position)
        counted = each.position
        contact = ParsedContact(line, flipped(each.name), each.email, [each.email])
        yield from bounds.enforce(contact)
        yield contact
