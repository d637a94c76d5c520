"""Read contacts from JSON: from Warmpath's export, and from other programs and APIs under their names of fields."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from shared.contacts import addresses
from shared.contacts.fields import SINGLE, edited
from shared.contacts.importing import bounds, values
from shared.contacts.importing.birthdays import from_parts, parse_birthday
from shared.contacts.importing.csv_columns import CUSTOM, IGNORE, NAME_PARTS, field_of, is_handle, known_field, squash
from shared.contacts.importing.labels import clean_tags, split_tags
from shared.contacts.importing.own import OWN_JSON, contact_from_own
from shared.contacts.importing.parsed import ContactFile, ParsedContact, Record, RowError
from shared.errors import FieldError, UnsupportedFormat, ValidationFailed, quoted
from shared.formats.json_stream import Broken, JsonStream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shared.formats.encoding import Survey
    from shared.formats.source import Source

SAMPLE_ITEMS = 20
# Keys of the list in the answer of an API, also of Warmpath's ("value" is Microsoft's, "connections" Google's).
LIST_KEYS = frozenset(
    [
        "items",
        "contacts",
        "connections",
        "people",
        "persons",
        "results",
        "data",
        "records",
        "entries",
        "value",
        "rows",
        "members",
        "users",
        "list",
    ]
)
_SINGLE = frozenset({*SINGLE, *NAME_PARTS})
_TEXTS = edited("line", "text")
_IDENTITY = frozenset({"name", "first_name", "last_name", "email", "phones", "linkedin_url"})
_PLACE = ("city", "region", "country")
# Keys of the value of their parent: {"emails": [{"value": ..., "type": ...}]}.
_VALUE_KEYS = frozenset(
    {"value", "address", "number", "email", "text", "formattedvalue", "formatted", "displayvalue", "content"}
)
_BESIDE_KEYS = frozenset(
    {
        "type",
        "label",
        "primary",
        "metadata",
        "etag",
        "resourcename",
        "formattedtype",
        "canonicalform",
        "sourceprimary",
        "verified",
        "photo",
        "photos",
        "avatar",
        "id",
    }
)
_ORGANISATIONS = frozenset(
    {"organizations", "organization", "company", "companies", "employer", "org", "currentcompany"}
)
_MAX_DEPTH = 6


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


def _unwrapped(items: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """Yield the items; in place of an item that only holds a list of people (as Telegram and Facebook export), yield these people."""
    for line, value in items:
        people = _people_in(value) if isinstance(value, dict) and not _is_somebody(value) else []
        if len(people) > 1:
            yield from ((line, person) for person in people)
        else:
            yield line, value


def _people_in(value: dict[str, Any], depth: int = 0) -> list[Any]:
    """The longest list of people inside an object; the first of several equally long ones."""
    found: list[Any] = []
    for inner in value.values():
        people: list[Any] = []
        if isinstance(inner, list) and sum(isinstance(item, dict) and _is_somebody(item) for item in inner) * 2 > len(
            inner
        ):
            people = inner
        elif isinstance(inner, dict) and depth < _MAX_DEPTH:
            people = _people_in(inner, depth + 1)
        if len(people) > len(found):
            found = people
    return found


def _is_somebody(value: dict[str, Any]) -> bool:
    """Whether an object names a person or an address of one."""
    return any(
        item not in (None, "", [], {}) and (found := field_of(str(key))) and found[0] in _IDENTITY
        for key, item in value.items()
    )


def _fields(objects: list[dict[str, Any]], mapping: Mapping[str, str]) -> dict[str, str]:
    """Top-level key -> field, for the keys of the first objects, with the caller's mapping."""
    keys = {str(key): None for item in objects for key in item}
    fields = {key: found[0] if (found := field_of(key)) else CUSTOM for key in keys}
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
        reading = _Reading(line, fields)
        reading.walk(value, "", 0)
        contact, errors = reading.finish(), reading.errors
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
    contact.email = contact.emails[0] if contact.emails else None
    contact.phones = [mended(item) for item in contact.phones]
    contact.tags = [mended(item) for item in contact.tags]
    contact.custom = {mended(key): mended(item) for key, item in contact.custom.items()}


class _Reading:
    """The reading of one object that another program has written."""

    def __init__(self, line: int, fields: Mapping[str, str]) -> None:
        self.errors: list[RowError] = []
        self._line = line
        self._fields = fields
        self._single: dict[str, str] = {}
        self._keys: dict[str, str] = {}  # field -> the key under which it stood
        self._place: dict[str, str] = {}
        self._address: list[str] = []
        self._contact = ParsedContact(line)

    def walk(self, value: dict[str, Any], parent: str, depth: int) -> None:
        """Read every value of the object and of the objects inside it."""
        if depth and self._is_date(value) and self._field(parent, "", 1) == "birthday":
            self._single.setdefault(
                "birthday", from_parts(*(str(value.get(part) or "") for part in ("year", "month", "day"))) or ""
            )
            return
        for key, item in value.items():
            self._take(str(key), item, parent, depth)

    def _take(self, key: str, item: Any, parent: str, depth: int) -> None:
        if item is None or item in ("", [], {}):
            return
        if isinstance(item, dict) and depth < _MAX_DEPTH:
            self.walk(item, parent if squash(key) in _VALUE_KEYS or key == "date" else key, depth + 1)
        elif isinstance(item, list) and any(isinstance(entry, dict | list) for entry in item) and depth < _MAX_DEPTH:
            for entry in item:
                self._take(key, entry, parent, depth + 1)
        elif isinstance(item, list):
            for entry in item:
                self._take_one(key, entry, parent, depth)
        else:
            self._take_one(key, item, parent, depth)

    def _take_one(self, key: str, item: Any, parent: str, depth: int) -> None:
        field = self._field(key, parent, depth)
        if isinstance(item, bool) and field not in (CUSTOM, IGNORE):
            # A boolean says whether the field has a value and is not the value: programs write false for an empty field.
            field = CUSTOM if item else IGNORE
        self._put(field, key, parent, _text(item))

    @staticmethod
    def _is_date(value: dict[str, Any]) -> bool:
        return "month" in value and "day" in value

    def _field(self, key: str, parent: str, depth: int) -> str:
        """The field of a value by its key, or by the key of its parent where its own is a word such as "value"."""
        squashed = squash(key)
        if depth == 0:
            return self._fields.get(key) or (found[0] if (found := field_of(key)) else CUSTOM)
        if squashed in _BESIDE_KEYS and parent:
            return IGNORE
        if squashed in _VALUE_KEYS and parent and (found := field_of(parent)):
            return found[0]
        if squash(parent) in _ORGANISATIONS and squashed in ("name", "displayname"):
            return "company"
        found = field_of(key)
        return found[0] if found else CUSTOM

    def _put(self, field: str, key: str, parent: str, text: str) -> None:
        contact = self._contact
        text = values.decoded_once_more(text.strip())
        if not text or field == IGNORE:
            return
        if field in ("email", "emails"):
            found, rest = values.split_emails(text)
            contact.emails += found
            self.errors += [bounds.bad_email(self._line, piece) for piece in rest if not values.looks_like_phone(piece)]
        elif field == "phones":
            contact.phones += values.split_phones(text)
        elif field == "tags":
            contact.tags += split_tags(text) if "," in text or ";" in text else clean_tags([text])
        elif field in ("city", "region", "country"):
            self._place.setdefault(field, text)
            self._address.append(text)
        elif field in ("street", "postal_code", "po_box"):
            self._address.append(text)
        elif field in _SINGLE and field not in self._single:
            self._single[field], self._keys[field] = text, key
        elif (
            contact.linkedin_slug is None
            and (profile := addresses.linkedin_profile(text)) is not None
            and " " not in text
        ):
            contact.linkedin_url, contact.linkedin_slug = profile
        else:
            if field == "source_uid" and contact.source_uid is None:
                contact.source_uid = f"{squash(key)}:{text}"
            name = f"{parent}.{key}" if parent and squash(key) not in _VALUE_KEYS else parent or key
            bounds.add_custom(contact.custom, name, text)

    def finish(self) -> ParsedContact:
        """Put the contact together."""
        contact, single = self._contact, self._single
        joined = values.join_name(
            single.get("first_name", ""), single.get("middle_name", ""), single.get("last_name", "")
        )
        contact.name = single.get("name") or (
            values.with_affixes(single.get("prefix", ""), joined, single.get("suffix", "")) if joined else ""
        )
        for name in _TEXTS:
            setattr(contact, name, single.get(name))
        contact.phones = list(dict.fromkeys(contact.phones))
        contact.tags = list(dict.fromkeys(contact.tags))
        contact.emails = values.unique_emails(contact.emails)
        contact.email = contact.emails[0] if contact.emails else None
        if (url := single.get("linkedin_url")) is not None:
            profile = addresses.linkedin_profile(url, in_field=True, is_handle=is_handle(self._keys["linkedin_url"]))
            if profile is not None:
                contact.linkedin_url, contact.linkedin_slug = profile
            else:
                bounds.add_custom(contact.custom, "linkedin_url", url)
        if birthday := single.get("birthday"):
            contact.birthday = parse_birthday(birthday)
            if contact.birthday is None:
                bounds.add_custom(contact.custom, "birthday", birthday)
        self._finish_address()
        if not (contact.name or contact.emails or contact.linkedin_slug):
            contact.name = contact.company or contact.custom.get("nickname") or ""
        return contact

    def _finish_address(self) -> None:
        contact = self._contact
        place = ", ".join(self._place[part] for part in _PLACE if part in self._place)
        whole = bounds.one_line(list(dict.fromkeys(self._address)))
        if contact.location is None and (place or whole):
            contact.location = place or whole
        if whole and whole != contact.location:
            bounds.add_custom(contact.custom, "address", whole)


def _text(value: Any) -> str:
    """A value as text; the reader of the file leaves numbers as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else json.dumps(value, ensure_ascii=False)
