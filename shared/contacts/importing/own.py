"""Read Warmpath's exports, which the writers in `exporting` have written.

Nothing is trimmed or guessed here, so an import gives back exactly the exported contacts.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from shared.contacts import addresses
from shared.contacts.fields import EXPORTED, LISTS, TEXTS, edited
from shared.contacts.importing import bounds, values
from shared.contacts.importing.birthdays import parse_birthday
from shared.contacts.importing.parsed import ParsedContact, RowError
from shared.formats.json_stream import parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OWN_JSON = "warmpath-contacts"
# A header with these names, in any order and with others beside them, is that of Warmpath's CSV.
_TELLING = frozenset({"emails", "phones", "linkedin_url", "tags", "custom"})
_LISTS = frozenset(edited("lines", "emails"))
# First characters that make a spreadsheet run a cell as a formula, of Latin and of East Asian keyboards.
_FORMULA = "=+-@\t\r\n＝＋－＠"
# `+34 600 100 200; +1 (555) 300-4001 ext. 12`, `--04-12`: no letter, so neither a function nor a reference to a cell.
_NUMBERS = re.compile(r"[+-]{1,2}[0-9(][0-9 ().\-/+;]*(?: ext\. [0-9]{1,6}(?:; [+0-9(][0-9 ().\-/+;]*)?)*")


def guard(cell: str) -> str:
    """The text as a cell that no spreadsheet runs as a formula; `unguard` undoes it.

    Phones and days stay as they are: of digits and signs alone a spreadsheet can make a wrong number, but nothing that acts,
    and other programs take the apostrophe for a part of the number.
    """
    if cell[:1] in _FORMULA and cell and not _NUMBERS.fullmatch(cell):
        return "'" + cell
    if len(cell) > 1 and cell[0] == "'" and (cell[1] in _FORMULA or cell[1] == "'"):
        return "'" + cell  # `unguard` would otherwise take it for a guarded cell
    return cell


def unguard(cell: str) -> str:
    """The text of a cell that `guard` made; an apostrophe that people wrote (`'t Hooft`) stays."""
    if len(cell) > 1 and cell[0] == "'" and (cell[1] in _FORMULA or cell[1] == "'"):
        return cell[1:]
    return cell


def join_list(items: Sequence[str]) -> str:
    r"""Several values in one cell: `a; b`, with `\;` and `\\` inside a value."""
    return "; ".join(_escape_item(item) for item in items)


def _escape_item(item: str) -> str:
    item = item.replace("\\", "\\\\").replace(";", "\\;")
    return "\\" + item if item[:1] == " " else item


def split_list(cell: str) -> list[str]:
    """The values of a cell that `join_list` made; the blank after a semicolon may be missing."""
    items: list[str] = []
    current: list[str] = []
    characters = iter(cell)
    fresh = False  # right after a semicolon, where one blank belongs to the separator
    for character in characters:
        if character == "\\":
            current.append(next(characters, "\\"))
        elif character == ";":
            items.append("".join(current))
            current, fresh = [], True
            continue
        elif not (fresh and character == " "):
            current.append(character)
        fresh = False
    items.append("".join(current))
    return [item for item in items if item]


def is_own_header(header: Sequence[str]) -> bool:
    """Whether a header is that of Warmpath's CSV."""
    return {name.lower() for name in _names(header)} >= _TELLING


def _names(header: Sequence[str]) -> list[str]:
    return [cell.replace("\0", "").strip() for cell in header]


def own_mapping(header: Sequence[str]) -> dict[str, str]:
    """Column -> field, for Warmpath's CSV."""
    elsewhere = {"id": "source_uid", "source": "ignore", "created_at": "ignore", "updated_at": "ignore"}
    return {
        name: elsewhere.get(name.lower(), name.lower() if name.lower() in EXPORTED else "custom")
        for name in _names(header)
    }


class OwnRowBuilder:
    """Build contacts from the rows of Warmpath's CSV.

    Attributes:
        errors: the errors of the last row; the caller empties the list.
    """

    def __init__(self, header: Sequence[str]) -> None:
        self.errors: list[RowError] = []
        self._names = _names(header)

    def build(self, line: int, row: list[str], size: int) -> ParsedContact | None:  # noqa: ARG002  # as RowBuilder.build
        """Build the contact of a row; None where the row does not identify one: then `errors` has an error, unless the row is blank."""
        cells = {name: unguard(cell) for name, cell in zip(self._names, row, strict=False) if cell}
        document: dict[str, Any] = {name.lower(): "" for name in self._names if name.lower() == "email"}
        for name, cell in cells.items():
            field = name.lower()
            if field in _LISTS:
                document[field] = split_list(cell)
            elif field == "custom":
                document[field] = _custom(line, cell, self.errors)
            elif field in EXPORTED:
                document[field] = cell
        contact, errors = contact_from_own(line, document)
        for name, cell in cells.items():
            if name.lower() not in EXPORTED:
                contact.custom.setdefault(name, cell)  # a column that a person has added to the file
        self.errors += errors + bounds.enforce(contact)
        if contact.name or contact.emails or contact.linkedin_slug:
            return contact
        if self.errors:
            self.errors[-1].lost = True
        elif any(cell.strip() for cell in row):
            self.errors.append(bounds.nobody(line, " ".join(cell for cell in row if cell)))
        return None


def _custom(line: int, cell: str, errors: list[RowError]) -> dict[str, Any]:
    try:
        custom = parse_json(cell)
    except (ValueError, RecursionError):
        custom = None
    if isinstance(custom, dict):
        return custom
    errors.append(
        RowError(line, "custom", 'is not a JSON object like {"Nickname": "Ana"}: correct it or leave it empty', cell)
    )
    return {}


def _has_first(document: Mapping[str, Any], name: str) -> bool:
    """Whether one of the addresses is the first: none is where the document says so and the contact is known by its name."""
    return not name or "email" not in document or bool(document["email"])


def contact_from_own(line: int, document: Mapping[str, Any]) -> tuple[ParsedContact, list[RowError]]:
    """The contact of a document in the form of the API, and an error for each invalid value."""
    errors: list[RowError] = []

    def text(name: str) -> str | None:
        value = document.get(name)
        return value if isinstance(value, str) and value else None

    def texts(name: str) -> list[str]:
        value = document.get(name)
        return (
            list(dict.fromkeys(item for item in value if isinstance(item, str) and item))
            if isinstance(value, list)
            else []
        )

    written = values.unique_emails(filter(None, [text("email"), *texts("emails")]))
    emails = [address for address in written if addresses.is_email(address)]
    errors += [bounds.bad_email(line, address) for address in written if address not in emails]
    contact = ParsedContact(line, email=emails[0] if emails else None, emails=emails, source_uid=text("id"))
    for name in TEXTS:
        setattr(contact, name, text(name))
    contact.name = contact.name or ""
    contact.email = contact.email if _has_first(document, contact.name) else None
    for name in LISTS:
        setattr(contact, name, texts(name))
    custom = document.get("custom")
    if isinstance(custom, dict):
        contact.custom = {
            str(key): item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
            for key, item in custom.items()
        }
    if url := text("linkedin_url"):
        profile = addresses.linkedin_profile(url, in_field=True)
        if profile is not None:
            contact.linkedin_url, contact.linkedin_slug = profile
        else:
            bounds.add_custom(contact.custom, "linkedin_url", url)
            message = "is not a LinkedIn profile like https://www.linkedin.com/in/ana-rao: kept among the custom fields"
            errors.append(RowError(line, "linkedin_url", message, url))
    if day := text("birthday"):
        contact.birthday = parse_birthday(day)
        if contact.birthday is None:
            errors.append(RowError(line, "birthday", "is not a date like 1990-03-04 or --03-04", day))
    return contact, errors
