"""Read the contact out of an object of JSON that another program has written.

A value counts for a field only where it is the contact's: directly in the object, in an object that merely wraps these values
(`properties`, `fields`), or below a key that names a field (`emails`, `homeAddress`, `company`). Whatever stands below any other
key (`owner`, `manager`, `createdBy`) is about somebody or something else, and is kept in custom as it is.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shared.contacts import addresses
from shared.contacts.fields import SINGLE, edited
from shared.contacts.importing import bounds, values
from shared.contacts.importing.birthdays import from_parts, parse_birthday
from shared.contacts.importing.csv_columns import (
    ADDRESS_PARTS,
    CUSTOM,
    IGNORE,
    NAME_PARTS,
    is_about_others,
    is_handle,
    is_of_company,
    is_weak,
)
from shared.contacts.importing.json_shapes import (
    BESIDE_KEYS,
    LINK_HOLDERS,
    MAX_DEPTH,
    ORGANISATIONS,
    VALUE_KEYS,
    WAYS_TO_REACH,
    field_of,
    is_wrapper,
    plain,
    squash,
    typed_field,
)
from shared.contacts.importing.labels import clean_tags, is_custom_label, split_tags
from shared.contacts.importing.parsed import ParsedContact, RowError
from shared.contacts.importing.placeholders import is_placeholder
from shared.formats.mending import mended

if TYPE_CHECKING:
    from collections.abc import Mapping

_SINGLE = frozenset({*SINGLE, *NAME_PARTS})
_TEXTS = edited("line", "text")
_NAMES = frozenset({"name", *NAME_PARTS})
_PLACE = ("city", "region", "country")
_PIECES = ("po_box", "street", "city", "region", "postal_code", "country")
_LINK_ID = re.compile(r"rec[A-Za-z0-9]{14}")  # what Airtable writes in the place of a linked record
_PAGES = ("data", "items", "results", "nodes", "edges")  # {"companies": {"type": "list", "data": [...]}}
# Roles that a program gives its users: not jobs.
_ROLES = frozenset(["user", "lead", "member", "admin", "guest", "viewer", "editor", "subscriber", "contact"])
_DATE_PARTS = ("year", "month", "day")
# Keys of an organisation that the contact works for; all others are the organisation's own affairs.
_JOB = {"name": "company", "displayname": "company", "companyname": "company", "value": "company", "legalname": "company", "department": CUSTOM}  # fmt: skip


@lru_cache(maxsize=4096)
def own_field(key: str) -> tuple[str, bool]:
    """The field that a key of the contact's own means, and whether any other key of the field comes before it."""
    found = field_of(key)
    if found is None or is_about_others(key):
        return CUSTOM, False
    return found[0], is_weak(key)


class PersonReading:
    """The reading of one object.

    Args:
        line: where it begins.
        fields: key -> field; overrides the recognised fields of its own keys.
    """

    def __init__(self, line: int, fields: Mapping[str, str]) -> None:
        self.errors: list[RowError] = []
        self._line = line
        self._fields = fields
        self._single: dict[str, list[tuple[bool, str, str]]] = {}  # field -> weak, key, text; in the order of the file
        self._address: dict[str, list[str]] = {}  # the parts that stand in the object itself
        self._places: list[tuple[str, str]] = []  # place and whole of each address
        self._contact = ParsedContact(line)

    def read(self, value: dict[str, Any]) -> ParsedContact:
        """Read every value, and put the contact together."""
        self._walk(value, 0)
        return self._finish()

    def _walk(self, value: dict[str, Any], depth: int) -> None:
        """Read an object whose keys are the contact's own."""
        for name, item in value.items():
            key, found = plain(str(name), item)
            if found is not None and found not in ("", [], {}):
                self._take(key, found, value, depth, typed_field(str(name), item))

    def _take(self, key: str, item: Any, around: dict[str, Any], depth: int, typed: str) -> None:
        meant, weak = own_field(key)
        field = typed or (self._fields.get(key, meant) if depth == 0 else meant)
        if squash(key) in ORGANISATIONS and isinstance(item, dict | list):
            field = "company"
        elif squash(key) in WAYS_TO_REACH and isinstance(item, list):
            for entry in item:
                self._take_way(key, entry)
            return
        elif (
            field == CUSTOM
            and isinstance(item, dict | list)
            and squash(key).endswith(("address", "addresses"))
            and not _has_mailbox(item)
        ):
            field = "street"
        if isinstance(item, dict) and depth < MAX_DEPTH and is_wrapper(key, item, around):
            self._walk(item, depth + 1)
        elif field == "contact" and isinstance(item, dict | list):
            self._aside(key, item)
        else:
            self._take_each(field, key, item, weak=weak and field == meant)

    def _take_way(self, key: str, entry: Any) -> None:
        """Read a way to reach the contact, whose type may be a word or an object with a name."""
        content = (
            next((entry[each] for each in entry if squash(each) in VALUE_KEYS), None)
            if isinstance(entry, dict)
            else None
        )
        kind = next((entry[each] for each in entry if squash(each).endswith("type")), None) if content else None
        if isinstance(kind, dict):
            kind = kind.get("type") or kind.get("name")
        if not isinstance(content, str) or not isinstance(kind, str):
            self._aside(key, entry)
            return
        field = "email" if addresses.is_email(content) else own_field(kind)[0]
        self._put(field if field in ("email", "phones", "linkedin_url") else CUSTOM, kind, content)

    def _take_each(self, field: str, key: str, item: Any, *, weak: bool = False) -> None:
        """Read a value, or each value of a list, for a field."""
        if isinstance(item, list):
            for entry in item:
                self._take_each(field, key, entry, weak=weak)
        elif isinstance(item, dict) and field == CUSTOM and squash(key) in LINK_HOLDERS:
            self._take_links(key, item)
        elif isinstance(item, dict) and field == CUSTOM:
            self._aside(key, item)
        elif isinstance(item, dict) and field != IGNORE:
            self._take_below(field, key, item)
        elif isinstance(item, bool) and field not in (CUSTOM, IGNORE):
            # A boolean says whether the field has a value and is not the value: programs write false for an empty field.
            self._put(CUSTOM if item else IGNORE, key, _text(item))
        elif not isinstance(item, dict):
            text = _text(item)
            is_role = field == "title" and squash(key) == "role" and text.casefold() in _ROLES
            self._put(CUSTOM if is_role else field, key, text, weak=weak)

    def _take_below(self, field: str, key: str, item: dict[str, Any]) -> None:
        """Read an object below a key that names a field."""
        if field == "birthday" and "month" in item and "day" in item:
            self._put(field, key, from_parts(*(_text(item.get(part)) for part in _DATE_PARTS)) or _text(item))
        elif field == "birthday" and "is_year_unknown" in item:  # Monica's
            day, unknown = _text(item.get("date"))[:10], item.get("is_year_unknown")
            self._put(CUSTOM if item.get("is_age_based") else field, key, f"--{day[5:]}" if unknown and day else day)
        elif field in ADDRESS_PARTS or field == "location":
            self._take_address(key, item)
        elif (page := _page_of(item)) is not None:
            self._take_each(field, key, page)
        elif field == "tags" and all(isinstance(entry, bool) for entry in item.values()):
            self._take_each(field, key, [tag for tag, is_set in item.items() if is_set])
        else:
            calling = next((_text(item[each]) for each in item if squash(each).endswith("callingcode")), "")
            for inner, entry in item.items():
                if entry is not None and entry not in ("", [], {}):
                    self._take_inner(field, key, inner, entry, calling)

    def _take_inner(self, field: str, key: str, inner: str, entry: Any, calling: str) -> None:
        found = _inner_field(field, inner)
        if (
            found == "phones"
            and calling.startswith("+")
            and isinstance(entry, str)
            and not entry.startswith(("+", "00"))
        ):
            entry = f"{calling} {entry}"
        if found == CUSTOM:
            self._put(CUSTOM, inner, _text(entry))
        elif found is not None:
            self._take_each(found, key if isinstance(entry, dict) else f"{key}.{inner}", entry)
        elif squash(inner) not in BESIDE_KEYS and not (field == "email" and own_field(inner)[0] == "name"):
            self._aside(f"{key}.{inner}" if not isinstance(entry, dict | list) else inner, entry)

    def _take_links(self, key: str, item: dict[str, Any]) -> None:
        """Read an object of links (`{"linkedin": ..., "mastodon": ...}`, or a service with its address)."""
        if (page := _page_of(item)) is not None:
            self._take_each(CUSTOM, key, page)
            return
        service = next(
            (_text(item[each]) for each in item if squash(each) in ("network", "service", "type", "label", "name")), ""
        )
        for inner, entry in item.items():
            text = _text(entry) if not isinstance(entry, dict | list | bool) else ""
            field, _ = own_field(inner)
            if field == "linkedin_url" or (
                squash(service) == "linkedin" and squash(inner) in (*VALUE_KEYS, "url", "username")
            ):
                self._put("linkedin_url", inner, text)
            elif text and squash(inner) not in BESIDE_KEYS and text != service:
                self._put(CUSTOM, service if is_custom_label(service) else f"{key}.{inner}", text)

    def _take_address(self, key: str, item: dict[str, Any]) -> None:
        parts: dict[str, list[str]] = {}
        for inner, entry in item.items():
            if isinstance(entry, dict) and isinstance(named := entry.get("name"), str):
                entry = named  # noqa: PLW2901  # a country with its codes
            if entry is None or isinstance(entry, dict | list | bool) or not _text(entry).strip():
                continue
            field = own_field(inner)[0] if squash(inner) not in VALUE_KEYS else "formatted"
            if field in ADDRESS_PARTS or field == "location":
                parts.setdefault(field, []).append(mended(_text(entry).strip()))
            elif squash(inner) not in BESIDE_KEYS and squash(inner) not in ("countrycode", "geocodeaccuracy"):
                self._aside(f"{key}.{inner}", entry)
        place = ", ".join(dict.fromkeys(text for part in _PLACE for text in parts.get(part, ())))
        pieces = (
            [text for part in _PIECES for text in parts.get(part, ())]
            or parts.get("formatted")
            or parts.get("location")
        )
        if whole := bounds.one_line(list(dict.fromkeys(pieces or []))):
            self._places.append((place, whole))

    def _aside(self, name: str, item: Any) -> None:
        """Keep what is about somebody or something else; a value with a label of its own under that label."""
        if isinstance(item, list):
            for entry in item:
                self._aside(name, entry)
        elif isinstance(item, dict):
            label, kept = _labelled(item)
            for key, entry in kept.items():
                parent = name.rpartition(".")[2]
                self._aside(label if is_custom_label(label) and len(kept) == 1 else f"{parent}.{key}", entry)
        elif text := mended(_text(item).strip()):
            bounds.add_custom(self._contact.custom, name, text)

    def _put(self, field: str, key: str, text: str, *, weak: bool = False) -> None:
        contact = self._contact
        text = mended(text.strip())
        if not text or field == IGNORE:
            return
        if field == "contact":
            weak = True
            field = "email" if addresses.is_email(text) else "phones" if values.looks_like_phone(text) else "name"
        if field in ("email", "emails"):
            self._put_emails(key, text)
        elif field == "phones":
            contact.phones += values.split_phones(text)
        elif field == "tags":
            contact.tags += split_tags(text) if "," in text or ";" in text else clean_tags([text])
        elif field in ADDRESS_PARTS:
            self._address.setdefault(field, []).append(text)
        elif field in _SINGLE and not _LINK_ID.fullmatch(text):
            self._single.setdefault(field, []).append((weak, key, text))
        elif not self._is_profile(text) and not (
            contact.linkedin_slug and addresses.linkedin_profile(text) == (contact.linkedin_url, contact.linkedin_slug)
        ):
            if field == "source_uid" and contact.source_uid is None:
                contact.source_uid = f"{squash(key)}:{text}"
            bounds.add_custom(contact.custom, key, text)

    def _put_emails(self, key: str, text: str) -> None:
        found, rest = values.split_emails(text)
        self._contact.emails += found
        if is_of_company(key.rpartition(".")[2]):
            self._contact.company_emails += found
        self.errors += [bounds.bad_email(self._line, piece) for piece in rest if not values.looks_like_phone(piece)]

    def _is_profile(self, text: str, *, in_field: bool = False, is_handle: bool = False) -> bool:
        """Take a text for the contact's profile where it is one and the contact has none."""
        contact = self._contact
        if contact.linkedin_slug is not None or (" " in text and not in_field):
            return False
        profile = addresses.linkedin_profile(text, in_field=in_field, is_handle=is_handle)
        if profile is not None:
            contact.linkedin_url, contact.linkedin_slug = profile
        return profile is not None

    def _finish(self) -> ParsedContact:
        contact = self._contact
        chosen = {field: self._choose(field, found) for field, found in self._single.items()}
        for name in _TEXTS:
            setattr(contact, name, chosen.get(name))
        self._finish_name(chosen)
        contact.phones = list(dict.fromkeys(contact.phones))
        contact.tags = list(dict.fromkeys(contact.tags))
        contact.emails = values.unique_emails(contact.emails)
        contact.email = contact.emails[0] if contact.emails else None
        if birthday := chosen.get("birthday"):
            contact.birthday = parse_birthday(birthday)
            if contact.birthday is None and not is_placeholder(birthday, short=True):
                bounds.add_custom(contact.custom, "birthday", birthday)
        self._finish_address()
        if not (contact.name or contact.emails or contact.linkedin_slug):
            contact.name = contact.company or contact.custom.get("nickname") or ""
        return contact

    def _choose(self, field: str, found: list[tuple[bool, str, str]]) -> str:
        """The value of a field with one; further ones are kept in custom."""
        ranked = sorted(found, key=lambda item: item[0])
        if field == "linkedin_url":
            for _, key, text in ranked:
                if not self._is_profile(text, in_field=True, is_handle=is_handle(key)):
                    bounds.add_custom(self._contact.custom, key, text)
            return ""
        text = ranked[0][2]
        for _, key, other in ranked[1:]:
            if other.casefold() != text.casefold() and not (field in _NAMES and values.same_words(other, text)):
                bounds.add_custom(self._contact.custom, key, other)
        return text

    def _finish_name(self, chosen: Mapping[str, str]) -> None:
        contact = self._contact
        parts = [chosen.get(part, "") for part in ("prefix", "first_name", "middle_name", "last_name", "suffix")]
        prefix, first, middle, last, suffix = parts
        joined = values.join_name(first, middle, last)
        name = chosen.get("name", "")
        if not name or (
            "," in name and joined and name.replace(",", " ").split() == f"{last} {first} {middle}".split()
        ):
            contact.name = values.with_affixes(prefix, joined, suffix) if joined else ""
            return
        company = contact.company or ""
        # `Acme, Ana Diaz`, as programs call the people of a company.
        contact.name = name[len(company) + 1 :].strip() if company and name.startswith(company + ", ") else name
        for field, part in zip(("prefix", "first_name", "middle_name", "last_name", "suffix"), parts, strict=True):
            if part and part not in name and not values.same_words(part, name):
                bounds.add_custom(contact.custom, self._single[field][0][1], part)

    def _finish_address(self) -> None:
        contact = self._contact
        place = ", ".join(self._address[part][0] for part in _PLACE if part in self._address)
        pieces = [text for part in (*_PIECES, "formatted") for text in self._address.get(part, ())]
        if whole := bounds.one_line(list(dict.fromkeys(pieces))):
            self._places.insert(0, (place, whole))
        for place, whole in self._places:
            contact.location = contact.location or place or whole
            if whole != contact.location:
                bounds.add_custom(contact.custom, "address", whole)


def _page_of(item: dict[str, Any]) -> list[Any] | None:
    """The list in an object that only wraps it."""
    return next((item[name] for name in _PAGES if isinstance(item.get(name), list)), None)


def _has_mailbox(item: dict[str, Any] | list[Any]) -> bool:
    """Whether a list holds addresses of mailboxes or chats (`imAddresses`), and not places."""
    return isinstance(item, list) and any(
        "@" in str(entry.get("address") if isinstance(entry, dict) else entry) for entry in item
    )


def _inner_field(field: str, key: str) -> str | None:
    """The field of a value below a key that names a field; None where it is not the contact's or says nothing."""
    squashed, meant = squash(key), own_field(key)[0]
    if field == "company":
        return _JOB.get(squashed, "title" if meant == "title" else None)
    if field in _NAMES:
        return meant if meant in _NAMES else field if squashed in VALUE_KEYS else None
    if squashed in VALUE_KEYS or (field == "birthday" and squashed in ("date", "start")):
        return field
    if field in ("email", "phones", "notes", "website"):
        return field if meant == field or (field == "notes" and squashed == "body") else None
    if field == "linkedin_url":
        return field if squashed.endswith(("url", "link", "handle", "username", "identifier")) else None
    return field if squashed in ("name", "title", "displayname") else None


def _labelled(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The label among the values of an object, and the others that say something; without others, no label and all of them."""
    filled = {key: entry for key, entry in item.items() if entry is not None and entry not in ("", [], {})}
    labels = [key for key in filled if squash(key) in ("type", "label", "key") and isinstance(filled[key], str)]
    kept = {key: entry for key, entry in filled.items() if squash(key) not in BESIDE_KEYS and key not in labels}
    return (filled[labels[0]], kept) if labels and kept else ("", kept or filled)


def _text(value: Any) -> str:
    """A value as text; the reader of the file leaves numbers as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else json.dumps(value, ensure_ascii=False)
