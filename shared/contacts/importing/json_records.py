"""Read contacts from JSON: from Warmpath's export, and from other programs and APIs under their names of fields."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from shared.contacts.importing import bounds
from shared.contacts.importing.csv_columns import known_field
from shared.contacts.importing.json_cards import format_of, read_cards
from shared.contacts.importing.json_monica import contacts_of_monica
from shared.contacts.importing.json_person import PersonReading, own_field
from shared.contacts.importing.json_shapes import LIST_KEYS, people_in
from shared.contacts.importing.own import OWN_JSON, contact_from_own
from shared.contacts.importing.parsed import ContactFile, ParsedContact, Record, RowError
from shared.errors import FieldError, UnsupportedFormat, ValidationFailed, quoted
from shared.formats.json_stream import Broken, JsonStream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shared.formats.encoding import Survey
    from shared.formats.source import Source

SAMPLE_ITEMS = 20


def open_json(source: Source, survey: Survey, mapping: Mapping[str, str]) -> ContactFile:
    """Recognise a JSON file; its items are read while they are consumed.

    Raises:
        UnsupportedFormat: the file has no list of objects.
        ValidationFailed: the mapping is wrong.
    """
    stream = JsonStream(source, survey, LIST_KEYS)
    items = _unwrapped(stream.items())
    first = []
    for item in items:
        first.append(item)
        if len(first) == SAMPLE_ITEMS:
            break
    if first and (kind := format_of(first[0][1])):
        _without_keys(mapping)
        return ContactFile(kind, {}, None, read_cards(source, lambda: JsonStream(source, survey, LIST_KEYS).items()))
    objects = [value for _, value in first if isinstance(value, dict)]
    if first and not objects:
        value = first[0][1]
        reason = f": it {value.message}" if isinstance(value, Broken) else ""
        raise UnsupportedFormat(f"The JSON file holds no contacts, which are objects in a list{reason}")
    is_own = stream.meta.get("format") == OWN_JSON
    fields = {} if is_own else _fields(objects, mapping)
    return ContactFile(
        "warmpath_json" if is_own else "json", fields, None, _records(chain(first, items), fields, is_own=is_own)
    )


def _without_keys(mapping: Mapping[str, str]) -> None:
    """Refuse a mapping for a file whose keys a standard names."""
    errors = [
        FieldError(f"mapping.{key}", "the keys of a file of cards are those of a standard: leave the mapping out")
        for key in mapping
    ]
    if errors:
        raise ValidationFailed(errors)


def _unwrapped(items: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """Yield the items; in place of an item that only holds a list of people, yield these people."""
    for line, value in items:
        people = contacts_of_monica(value) if isinstance(value, dict) and "account" in value else None
        yield from ((line, person) for person in (people if people is not None else people_in(value)))


def _fields(objects: list[dict[str, Any]], mapping: Mapping[str, str]) -> dict[str, str]:
    """Top-level key -> field, for the keys of the first objects, with the caller's mapping."""
    keys = {str(key): None for item in objects for key in item}
    fields = {key: own_field(key)[0] for key in keys}
    errors = []
    for key, wanted in mapping.items():
        field = known_field(wanted)
        if key not in keys:
            errors.append(
                FieldError(
                    f"mapping.{key}",
                    f"no contact has {quoted(key)}; they have {', '.join(map(quoted, list(keys)[:30]))}",
                )
            )
        elif field is None:
            errors.append(FieldError(f"mapping.{key}", f"{quoted(wanted)} is not a field of a contact"))
        else:
            fields[key] = field
    if errors:
        raise ValidationFailed(errors)
    return fields


def _records(items: Iterator[tuple[int, Any]], fields: Mapping[str, str], *, is_own: bool) -> Iterator[Record]:
    for line, value in items:
        if isinstance(value, Broken):
            rest = "; everything after it was left out" if value.rest_lost else ""
            yield RowError(line, None, f"{value.message}{rest}", value.excerpt or None, lost=True)
        elif not isinstance(value, dict):
            yield RowError(
                line,
                None,
                "is not a contact: write an object with name, email and so on",
                _text(value),
                lost=True,
            )
        else:
            yield from record_of(line, value, fields, is_own=is_own)


def record_of(line: int, value: dict[str, Any], fields: Mapping[str, str], *, is_own: bool) -> Iterator[Record]:
    """Yield the contact of one object, after the errors of the object.

    Args:
        line: the line on which the object begins.
        value: the object.
        fields: key -> field; overrides the recognised fields.
        is_own: whether the object comes from Warmpath's export.
    """
    if is_own:
        contact, errors = contact_from_own(line, value)
    else:
        reading = PersonReading(line, fields)
        contact, errors = reading.read(value), reading.errors
    text = json.dumps(value, ensure_ascii=False)
    if "\\u0000" in text and "\0" in _all_text(contact):
        yield bounds.has_nul(line, contact.name)
        return
    _mend_surrogates(contact)
    errors += bounds.enforce(contact)
    if contact.name or contact.emails or contact.linkedin_slug:
        yield from errors
        yield contact
        return
    if not errors and value:
        errors.append(bounds.nobody(line, text))
    for error in errors[-1:]:
        error.lost = True
    yield from errors


def _all_text(contact: ParsedContact) -> str:
    texts = [contact.name, contact.company, contact.title, contact.location, contact.notes, contact.source_uid]
    return "".join(filter(None, (*texts, *contact.phones, *contact.tags, *contact.custom, *contact.custom.values())))


def _mend_surrogates(contact: ParsedContact) -> None:
    r"""Replace halves of characters (`"\ud83d"`), which JSON can spell and UTF-8 cannot."""

    def mended(text: str) -> str:
        return text if text.isascii() else text.encode("utf-8", "replace").decode()

    contact.name = mended(contact.name)
    for name in ("company", "title", "location", "notes", "source_uid"):
        if (text := getattr(contact, name)) is not None:
            setattr(contact, name, mended(text))
    contact.emails = [mended(item) for item in contact.emails]
    contact.email = None if contact.email is None else mended(contact.email)
    contact.phones = [mended(item) for item in contact.phones]
    contact.tags = [mended(item) for item in contact.tags]
    contact.custom = {mended(key): mended(item) for key, item in contact.custom.items()}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
