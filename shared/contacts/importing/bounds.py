"""Keep contacts within the bounds of the table: a value that is too long is reported with its field, never cut in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.contacts.fields import EDITED
from shared.contacts.importing.parsed import ParsedContact, RowError
from shared.contacts.sizes import MAX_CUSTOM_KEY, MAX_CUSTOM_TOTAL, MAX_CUSTOM_VALUE, MAX_LIST, MAX_SOURCE_UID

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEXTS = tuple(
    (field.name, field.longest) for field in EDITED if field.longest and field.kind in ("name", "line", "text")
)
_LISTS = tuple((field.name, field.longest) for field in EDITED if field.longest and field.kind in ("emails", "lines"))

SURPLUS = "custom"  # the field of an error about columns that do not fit


def enforce(contact: ParsedContact) -> list[RowError]:
    """Remove the values that exceed a bound from a contact.

    Returns:
        One error for each removed value.
    """
    errors: list[RowError] = []
    for name, limit in _TEXTS:
        text: str | None = getattr(contact, name)
        if text is not None and len(text) > limit:
            errors.append(_too_long(contact.line, name, text, limit))
            setattr(contact, name, "" if name == "name" else None)
    for name, limit in _LISTS:
        items: list[str] = getattr(contact, name)
        if len(items) > MAX_LIST:
            errors.append(
                RowError(
                    contact.line,
                    name,
                    f"holds {len(items)} values, at most {MAX_LIST} fit: the rest was left out",
                    items[MAX_LIST],
                )
            )
            del items[MAX_LIST:]
        for item in [item for item in items if len(item) > limit]:
            errors.append(_too_long(contact.line, name, item, limit))
            items.remove(item)
    if contact.email is not None and contact.email not in contact.emails:
        contact.email = contact.emails[0] if contact.emails else None
    if contact.source_uid is not None and len(contact.source_uid) > MAX_SOURCE_UID:
        contact.source_uid = None  # serves only to recognise the record again, which other fields do too
    return errors + _enforce_custom(contact)


def _enforce_custom(contact: ParsedContact) -> list[RowError]:
    errors: list[RowError] = []
    surplus: list[str] = []
    total = kept = 0
    for key, value in list(contact.custom.items()):
        size = len(key.encode()) + len(value.encode())
        total += size
        where = f"custom.{key[:MAX_CUSTOM_KEY]}"
        if len(key) > MAX_CUSTOM_KEY:
            errors.append(_too_long(contact.line, where, key, MAX_CUSTOM_KEY))
        elif len(value) > MAX_CUSTOM_VALUE:
            errors.append(_too_long(contact.line, where, value, MAX_CUSTOM_VALUE))
        elif kept >= MAX_LIST:
            surplus.append(key)
        elif total > MAX_CUSTOM_TOTAL:
            errors.append(
                RowError(
                    contact.line,
                    where,
                    f"was left out: all custom values together exceed {MAX_CUSTOM_TOTAL} bytes",
                    value,
                )
            )
        else:
            kept += 1
            continue
        total -= size
        del contact.custom[key]
    if surplus:
        errors.append(_too_many(contact.line, surplus))
    return errors


def of_office(line: int, email: str) -> RowError:
    """The error for an address that does not belong to the contact alone."""
    return RowError(
        line,
        "emails",
        "is the address of an office, a program or a list: it stays among the addresses, identifies nobody and is not the first",
        email,
    )


def _too_many(line: int, keys: list[str]) -> RowError:
    """One error for all custom fields that a contact has no room for; the same columns in further rows are reported once."""
    return RowError(
        line,
        SURPLUS,
        f"at most {MAX_LIST} custom fields fit: {len(keys)} were left out here and in all rows like this one",
        ", ".join(keys),
    )


def _too_long(line: int, name: str, value: str, limit: int) -> RowError:
    return RowError(
        line, name, f"has {len(value)} characters, at most {limit} fit: shorten it and import the file again", value
    )


def bad_email(line: int, value: str) -> RowError:
    """The error for a text in the place of an e-mail that is not an e-mail address."""
    return RowError(line, "email", "is not an e-mail address: correct it or leave it empty", value)


def rounded_phone(line: int, value: str) -> RowError:
    """The error for a phone such as `4.47911E+11`, which has lost its last digits."""
    return RowError(
        line, "phones", "a spreadsheet has rounded the number: format its column as text and export again", value
    )


def nobody(line: int, value: str) -> RowError:
    """The error for a record that does not identify a contact."""
    return RowError(line, None, "needs a name, an e-mail or a LinkedIn profile", value or None, lost=True)


def has_nul(line: int, value: str) -> RowError:
    """The error for a record with a NUL character, which no database text can hold."""
    return RowError(
        line,
        None,
        "holds a NUL character, so the file is damaged or was saved in the wrong encoding: export it again",
        value,
        lost=True,
    )


def add_custom(custom: dict[str, str], key: str, value: str) -> None:
    """Add a value under a free key: `Website`, `Website 2`; the same key and value are added once.

    The search for a key ends after the number of entries that fit: `enforce` reports the surplus.
    """
    name, number = key, 2
    while name in custom and number <= MAX_LIST + 2:
        if custom[name] == value:
            return
        name, number = f"{key} {number}", number + 1
    custom[name] = value


def one_line(pieces: Sequence[str]) -> str:
    """The lines and pieces of an address on one line, separated by commas."""
    lines = (line.strip().strip(",").strip() for piece in pieces for line in piece.splitlines())
    return ", ".join(line for line in lines if line)
