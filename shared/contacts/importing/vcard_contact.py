"""Build a contact from the properties of a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shared.contacts import addresses
from shared.contacts.fields import LISTS, TEXTS, edited
from shared.contacts.importing import bounds, values
from shared.contacts.importing.birthdays import parse_birthday
from shared.contacts.importing.labels import clean_label, clean_tags, is_custom_label
from shared.contacts.importing.parsed import ParsedContact, RowError
from shared.contacts.importing.vcard_name import settle_name
from shared.contacts.sizes import MAX_NAME, MAX_TEXT
from shared.formats.json_stream import parse_json
from shared.formats.vcard import split, unescape

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.formats.vcard import Card, Property

# Properties about the file and its program, and pictures, which say nothing about the person.
_TECHNICAL = frozenset(
    [
        "VERSION",
        "PRODID",
        "REV",
        "PROFILE",
        "MAILER",
        "KIND",
        "CLIENTPIDMAP",
        "X-GENERATOR",
        "X-ABUID",
        "X-ABADR",
        "X-ABSHOWAS",
        "X-ABLABEL",
        "SORT-STRING",
        "BEGIN",
        "END",
        "PHOTO",
        "LOGO",
        "SOUND",
        "X-MS-OL-DEFAULT-POSTAL-ADDRESS",
        "X-MS-SIGNATURE",
        "X-IMAGETYPE",
        "X-IMAGEHASH",
        "X-SHARED-PHOTO-DISPLAY-PREF",
        "X-IRMC-LUID",
        "X-CONTACTS-VERSION",
        "X-MOZILLA-PROPERTY",
        "X-ADDRESSBOOKSERVER-KIND",
        "CREATED",
        "X-WARMPATH-SOURCE",
    ]
)
_SOCIAL = frozenset(
    {
        "X-SOCIALPROFILE",
        "SOCIALPROFILE",
        "X-LINKEDIN",
        "X-LINKEDIN-URL",
        "X-LINKEDINPROFILE",
        "URL",
        "IMPP",
        "X-SOCIAL",
        "X-EVOLUTION-BLOG-URL",
    }
)
_ADDRESS_PARTS = ("po_box", "extended", "street", "city", "region", "postal_code", "country")
_SUFFIX = 4  # the place of the suffixes in N
_LEAST_PREFERRED = 101  # PREF goes from 1 to 100
# Types of a chat address or a profile that say where it is used, not of which service it is.
_PLACE_TYPES = frozenset({"pref", "home", "work", "internet", "personal", "business", "mobile", "other"})
_CARET = {"n": "\n", "^": "^", "'": '"'}  # what a caret escapes in a parameter (RFC 6868)
_NO_PHONE_TYPES = {"fax": "Fax", "pager": "Pager", "telex": "Telex"}


def contact_of(card: Card) -> tuple[ParsedContact, list[RowError]]:
    """The contact of a card, perhaps without a field that identifies it, and its errors."""
    reading = _Reading(card)
    return reading.contact, reading.errors


def display_name(card: Card) -> str:
    """The name of a card in messages."""
    for name in ("FN", "N", "ORG", "EMAIL", "TEL"):
        for entry in card.properties:
            if entry.head.name == name and entry.text.strip(" ;"):
                return " ".join(unescape(entry.text).replace(";", " ").split())
    return ""


def uid_of(text: str) -> str:
    """A card's UID as it stands in `ParsedContact.source_uid`."""
    text = text.strip()
    return text[9:] if text.lower().startswith("urn:uuid:") else text


class _Reading:
    """The reading of one card, in one pass: its properties depend on each other only by their groups."""

    def __init__(self, card: Card) -> None:
        self.contact = ParsedContact(card.line)
        self.errors: list[RowError] = []
        self._labels = {
            entry.head.group: clean_label(unescape(entry.text))
            for entry in card.properties
            if entry.head.name == "X-ABLABEL" and entry.head.group
        }
        self._own = any(
            entry.head.name == "PRODID" and entry.text.startswith("-//Warmpath//") for entry in card.properties
        )
        self._names: list[tuple[int, str]] = []  # rank, formatted name; one for each language
        self._name_parts: list[list[str]] = []
        self._kinds: dict[str, str] = {}  # phone or address -> what its types call it
        self._exact: dict[str, Any] = {}
        self._emails: list[tuple[int, str]] = []
        self._phones: list[tuple[int, str]] = []
        self._roles: list[str] = []
        self._notes: list[str] = []
        self._postal_labels: list[str] = []
        self._addresses: list[tuple[int, str, str, str]] = []  # rank, place, whole, key
        for entry in card.properties:
            if entry.text and not entry.text.isspace():
                self._read(entry)
        self._finish()

    def _read(self, entry: Property) -> None:
        name = entry.head.name
        if self._own and name != "FN" and "X-WARMPATH-DERIVED" in entry.head.params:
            return  # stands elsewhere in the card as well
        reader = _READERS.get(name)
        if reader is not None:
            reader(self, entry)
        elif name in _SOCIAL:
            self._read_link(entry)
        elif name not in _TECHNICAL:
            self._read_other(entry)

    def _label(self, entry: Property) -> str:
        return self._labels.get(entry.head.group, "") if entry.head.group else ""

    def read_name(self, entry: Property) -> None:
        if "X-WARMPATH-DERIVED" not in entry.head.params:
            text = unescape(entry.text)
            self._names.append((_rank(entry), text if self._own else " ".join(text.split())))

    def read_name_parts(self, entry: Property) -> None:
        parts = split(entry.text, ";")
        names = [" ".join(part.replace(",", " ").split()) for part in parts[:_SUFFIX]]
        self._name_parts.append([*names, *(", ".join(split(part, ",")) for part in parts[_SUFFIX:])])

    def read_email(self, entry: Property) -> None:
        found, rest = values.split_emails(unescape(entry.text))
        self._emails += [(_rank(entry), address) for address in found]
        for address in found:
            self._kinds.setdefault(address, _kind(entry, "e-mail"))
        self.errors += [bounds.bad_email(self.contact.line, piece) for piece in rest]
        if found and is_custom_label(self._label(entry)):
            bounds.add_custom(self.contact.custom, self._label(entry), found[0])

    def read_phone(self, entry: Property) -> None:
        text = unescape(entry.text)
        phone = text if self._own else values.clean_phone(text)
        label = self._label(entry)
        aside = next((_NO_PHONE_TYPES[kind] for kind in _NO_PHONE_TYPES if kind in entry.head.types), "")
        if aside and not entry.head.types & {"voice", "cell"}:
            place = next((kind.title() + " " for kind in ("work", "home") if kind in entry.head.types), "")
            bounds.add_custom(self.contact.custom, label or place + aside, phone)
        elif label and re.search(r"fax|pager|assistant", label, re.IGNORECASE):
            bounds.add_custom(self.contact.custom, label, phone)
        elif phone:
            self._phones.append((_rank(entry), phone))
            self._kinds.setdefault(phone, _kind(entry, "phone"))
            if is_custom_label(label):
                bounds.add_custom(self.contact.custom, label, phone)

    def read_company(self, entry: Property) -> None:
        parts = split(entry.text, ";")
        if self._own:
            self.contact.company = parts[0]
            return
        if self.contact.company is None and parts[0]:
            self.contact.company = parts[0]
        elif parts[0] and parts[0] != self.contact.company:
            bounds.add_custom(self.contact.custom, "ORG", parts[0])
        department = ", ".join(part for part in parts[1:] if part)
        if department:
            bounds.add_custom(self.contact.custom, "Department", department)

    def read_title(self, entry: Property) -> None:
        text = unescape(entry.text)
        if self.contact.title is None:
            self.contact.title = text if self._own else text.strip()
        elif text.strip() != self.contact.title:
            bounds.add_custom(self.contact.custom, "TITLE", text.strip())

    def read_role(self, entry: Property) -> None:
        self._roles.append(unescape(entry.text).strip())

    def read_birthday(self, entry: Property) -> None:
        text = unescape(entry.text).strip()
        omitted = entry.head.params.get("X-APPLE-OMIT-YEAR", "")
        day = parse_birthday("--" + text[len(omitted) :].lstrip("-") if omitted and text.startswith(omitted) else text)
        if day is not None and self.contact.birthday is None:
            self.contact.birthday = day
        elif text.strip("0-/. ") and day is None:
            bounds.add_custom(self.contact.custom, "BDAY", text)

    def read_note(self, entry: Property) -> None:
        text = unescape(entry.text)
        self._notes.append(text if self._own else text.strip())

    def read_tags(self, entry: Property) -> None:
        found = split(entry.text, ",")
        self.contact.tags += [tag for tag in (found if self._own else clean_tags(found)) if tag]

    def read_uid(self, entry: Property) -> None:
        if self.contact.source_uid is None:
            self.contact.source_uid = uid_of(unescape(entry.text))

    def read_address(self, entry: Property) -> None:
        if self._own:
            return  # X-WARMPATH-LOCATION has the location exactly
        parts = dict(zip(_ADDRESS_PARTS, split(entry.text, ";"), strict=False))
        place = bounds.one_line([part for name in ("city", "region", "country") if (part := parts.get(name))])
        whole = bounds.one_line([part for part in parts.values() if part])
        kind = next((kind.title() + " " for kind in ("work", "home") if kind in entry.head.types), "")
        label = self._label(entry)
        if whole:
            key = label if is_custom_label(label) else kind + "Address"
            self._addresses.append((_rank(entry), place, whole, key))
        if printed := entry.head.params.get("LABEL"):
            self._postal_labels.append(_CARETS.sub(lambda found: _CARET[found[1]], unescape(printed)).strip())

    def read_postal_label(self, entry: Property) -> None:
        self._postal_labels.append(unescape(entry.text).strip())

    def read_own_text(self, entry: Property) -> None:
        """Read a text that vCard has no property for."""
        setattr(self.contact, entry.head.name.removeprefix("X-WARMPATH-").lower(), unescape(entry.text))

    def read_own_custom(self, entry: Property) -> None:
        try:
            key, value = parse_json(unescape(entry.text))
        except (ValueError, RecursionError, TypeError):
            head, _, rest = _cut(entry.text)  # as earlier releases wrote it
            key, value = unescape(head), unescape(rest)
        self.contact.custom[str(key)] = str(value)

    def read_exact(self, entry: Property) -> None:
        """Read the values that the standard properties of Warmpath's cards cannot hold exactly (see `exporting.vcf`)."""
        try:
            exact = parse_json(unescape(entry.text))
        except (ValueError, RecursionError):
            return
        if isinstance(exact, dict):
            self._exact = exact

    def _take_exact(self) -> None:
        for name, value in self._exact.items():
            if name in TEXTS and isinstance(value, str):
                setattr(self.contact, name, value)
            elif name in LISTS and isinstance(value, list):
                setattr(self.contact, name, [item for item in value if isinstance(item, str)])
            elif name == "custom" and isinstance(value, dict):
                self.contact.custom.update({str(key): item for key, item in value.items() if isinstance(item, str)})

    def _read_link(self, entry: Property) -> None:
        """Read a web or social address: the LinkedIn profile, or a custom field under its label or name."""
        text = unescape(entry.text).strip()
        label = self._label(entry)
        linkedin = (
            "linkedin" in label.lower()
            or "linkedin" in entry.head.types
            or "LINKEDIN" in entry.head.name
            or "linkedin" in entry.head.params.get("SERVICE-TYPE", "").lower()
        )
        if self.contact.linkedin_slug is None:
            found = addresses.linkedin_profile(text, in_field=linkedin)
            if found is None and linkedin:
                user = entry.head.params.get("X-USER") or entry.head.params.get("USERNAME") or ""
                handle = user or (text if text.startswith("x-apple:") else "")
                found = addresses.linkedin_profile(handle.removeprefix("x-apple:"), is_handle=True)
            if found is not None:
                self.contact.linkedin_url, self.contact.linkedin_slug = found
                return
        kind = ""
        if entry.head.name == "IMPP" or "SOCIAL" in entry.head.name:
            params = entry.head.params
            kind = (
                params.get("X-SERVICE-TYPE")
                or params.get("SERVICE-TYPE")
                or next(iter(sorted(entry.head.types - _PLACE_TYPES)), "")
            )
            text = text.removeprefix("x-apple:") or text
        key = label if is_custom_label(label) and label.lower() != "home page" else kind or entry.head.name
        bounds.add_custom(self.contact.custom, key, text)

    def _read_other(self, entry: Property) -> None:
        head = entry.head
        text = unescape(entry.text).strip()
        if head.name == "X-ANDROID-CUSTOM":
            kind, *parts = split(entry.text, ";")
            key, text = kind.rpartition("/")[2] or head.name, next((part for part in parts if part), "")
        elif head.name == "AGENT":
            inner = re.search(r"FN[^:\n]*:([^\n]+)", text[:2000])
            key, text = head.name, inner[1].strip() if inner else text
        else:
            key = self._label(entry) or head.name
        if head.encoding == "b64" and not text.isprintable():
            return
        if (
            self.contact.linkedin_slug is None
            and "inkedin." in text
            and (found := addresses.linkedin_profile(text)) is not None
            and " " not in text
        ):
            self.contact.linkedin_url, self.contact.linkedin_slug = found
        elif text:
            bounds.add_custom(self.contact.custom, key, text)

    def _finish(self) -> None:
        contact = self.contact
        contact.emails = values.unique_emails(_in_order(self._emails))
        has_first = not self._own or any(rank == 1 for rank, _ in self._emails)
        contact.email = contact.emails[0] if contact.emails and has_first else None
        contact.phones = list(dict.fromkeys(_in_order(self._phones)))
        for values_of_one in (contact.phones, contact.emails) if not self._own else ():
            for value in values_of_one if len(values_of_one) > 1 else ():
                if (kind := self._kinds.get(value)) and value not in contact.custom.values():
                    bounds.add_custom(contact.custom, kind, value)
        contact.tags = list(dict.fromkeys(contact.tags))
        contact.name, *others = _in_order(self._names) or [""]
        if not self._own:
            contact.name, kept = settle_name(contact.name, others, self._name_parts)
            for key, text in kept:
                bounds.add_custom(contact.custom, key, text)
        contact.notes = "\n".join(self._notes) or None
        self._finish_roles()
        self._finish_addresses()
        self._take_exact()
        if not contact.name and not contact.emails and not contact.linkedin_slug:
            substitute = contact.company or contact.custom.get("NICKNAME")
            contact.name = substitute if substitute and len(substitute) <= MAX_NAME else ""

    def _finish_roles(self) -> None:
        contact = self.contact
        for role in self._roles:
            if contact.title is None:
                contact.title = role
            elif role != contact.title:
                bounds.add_custom(contact.custom, "ROLE", role)

    def _finish_addresses(self) -> None:
        contact = self.contact
        for _, place, whole, key in sorted(self._addresses, key=lambda address: address[0]):
            if contact.location is None and len(place or whole) <= MAX_TEXT:
                contact.location = place or whole
            if whole != contact.location:
                bounds.add_custom(contact.custom, key, whole)
        for text in self._postal_labels:
            whole = bounds.one_line([line for line in text.splitlines() if line.strip() != contact.name])
            if contact.location is None and 0 < len(whole) <= MAX_TEXT:
                contact.location = whole
            elif not any(values.same_words(whole, other) for _, _, other, _ in self._addresses):
                bounds.add_custom(contact.custom, "LABEL", text)


def _rank(entry: Property) -> int:
    """How much a property is preferred to others of its name: 1 is most, a hundred least, one more what says nothing."""
    given = re.match(r"\d{1,3}", entry.head.params.get("PREF", ""))
    return int(given[0]) if given else 1 if "pref" in entry.head.types else _LEAST_PREFERRED


def _kind(entry: Property, what: str) -> str:
    """`Mobile`, `Work phone` or `Home e-mail`, as the types of a property say it; empty where they say none of these."""
    types = entry.head.types
    if what == "phone" and "cell" in types:
        return "Mobile"
    return next((f"{place.title()} {what}" for place in ("work", "home") if place in types), "")


def _in_order(ranked: list[tuple[int, str]]) -> list[str]:
    return [text for _, text in sorted(ranked, key=lambda item: item[0])]


_CARETS = re.compile(r"\^([n^'])")


def _cut(text: str) -> tuple[str, str, str]:
    """The text before and after the first unescaped semicolon."""
    found = re.match(r"((?:[^\\;]|\\.)*);", text, re.DOTALL)
    return (found[1], ";", text[found.end() :]) if found else (text, "", "")


_READERS: dict[str, Callable[[_Reading, Property], None]] = {
    "FN": _Reading.read_name,
    "N": _Reading.read_name_parts,
    "EMAIL": _Reading.read_email,
    "TEL": _Reading.read_phone,
    "X-MS-TEL": _Reading.read_phone,
    "LABEL": _Reading.read_postal_label,
    "ORG": _Reading.read_company,
    "TITLE": _Reading.read_title,
    "ROLE": _Reading.read_role,
    "BDAY": _Reading.read_birthday,
    "NOTE": _Reading.read_note,
    "CATEGORIES": _Reading.read_tags,
    "UID": _Reading.read_uid,
    "ADR": _Reading.read_address,
    "X-SAMSUNGADR": _Reading.read_address,
    **{f"X-WARMPATH-{name.upper()}": _Reading.read_own_text for name in edited("line")},
    "X-WARMPATH-CUSTOM": _Reading.read_own_custom,
    "X-WARMPATH-EXACT": _Reading.read_exact,
}
