"""Write contacts as vCard 4.0 (RFC 6350) or 3.0 (RFC 2426).

X-WARMPATH- properties hold the fields that vCard has no property for: a text under the name of its field (X-WARMPATH-LOCATION), the
custom fields, and in X-WARMPATH-EXACT, as JSON, the few values that a line of vCard cannot hold exactly (carriage returns, blanks at
the ends). Beside these stands in standard properties what other programs can show (`exporting.standard`). An import of Warmpath's
own cards passes over N, ADR and what the parameter X-WARMPATH-DERIVED marks, so that it gives back exactly what was exported.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from shared.contacts.exporting import standard
from shared.contacts.fields import LISTS, TEXTS, edited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CHUNK_BYTES = 64 * 1024
PRODUCT = "-//Warmpath//Contacts 1//EN"
MAX_LINE_BYTES = 75  # RFC 6350 section 3.2, the line end not counted
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "", ",": "\\,", ";": "\\;"})
# The properties of fields with one text: that of vCard, or X-WARMPATH-<FIELD> where vCard has none.
_PROPERTIES = {
    name: f"X-WARMPATH-{name.upper()}" for name in edited("line", "text", "profile") if name != "company"
} | {
    "title": "TITLE", "notes": "NOTE", "linkedin_url": "URL;TYPE=linkedin",
}  # fmt: skip
_DERIVED = ";X-WARMPATH-DERIVED=true"  # marks for an import what stands elsewhere in the card already
_MOMENTS = (("CREATED", "created_at"), ("REV", "updated_at"))
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def write_vcf(contacts: Iterable[Mapping[str, Any]], version: str = "4.0") -> Iterator[bytes]:
    """Write contacts as they come.

    Args:
        contacts: documents with the fields of Contact; missing ones are left out.
        version: `4.0`, or `3.0` for programs that do not read 4.0.

    Yields:
        The file in pieces of about 64 KiB, whole cards in each.
    """
    pending: list[bytes] = []
    size = 0
    for contact in contacts:
        card = _card(contact, version)
        pending.append(card)
        size += len(card)
        if size >= CHUNK_BYTES:
            yield b"".join(pending)
            pending, size = [], 0
    yield b"".join(pending)


def _card(contact: Mapping[str, Any], version: str) -> bytes:
    lines = _lines(contact, is_old=version == "3.0")
    return b"".join(
        _folded(line) for line in ["BEGIN:VCARD", f"VERSION:{version}", f"PRODID:{PRODUCT}", *lines, "END:VCARD"]
    )


def _lines(contact: Mapping[str, Any], *, is_old: bool) -> Iterator[str]:
    yield from _identity(contact, is_old=is_old)
    yield from _phones(contact, is_old=is_old)
    yield from _addresses(contact, is_old=is_old)
    if company := contact.get("company"):
        department = standard.department_of(contact)
        yield f"ORG:{_escaped(company)}{';' + _escaped(department) if department else ''}"
    for field, property_name in _PROPERTIES.items():
        if text := contact.get(field):
            yield f"{property_name}:{_escaped(text)}"
    if birthday := contact.get("birthday"):
        yield _birthday(birthday, is_old=is_old)
    if tags := contact.get("tags"):
        yield f"CATEGORIES:{','.join(map(_escaped, tags))}"
    yield from _derived(contact, is_old=is_old)
    for key, value in (contact.get("custom") or {}).items():
        # JSON in one text: programs that store a card escape the semicolons of a property that they do not know.
        yield f"X-WARMPATH-CUSTOM:{_escaped(json.dumps([key, str(value)], ensure_ascii=False))}"
    if exact := _inexact(contact):
        yield f"X-WARMPATH-EXACT:{_escaped(json.dumps(exact))}"
    if source := contact.get("source"):
        yield f"X-WARMPATH-SOURCE:{_escaped(str(source))}"
    yield from (f"{name}:{_timestamp(str(moment))}" for name, field in _MOMENTS if (moment := contact.get(field)))


def _phones(contact: Mapping[str, Any], *, is_old: bool) -> Iterator[str]:
    labels = standard.labels_of(contact, "phones")
    for phone in contact.get("phones") or []:
        kind = standard.kind_of(labels.get(phone, ""))
        yield f"TEL{f';TYPE={_spelt(kind, is_old=is_old)}' if kind else ''}:{_escaped(phone)}"


def _addresses(contact: Mapping[str, Any], *, is_old: bool) -> Iterator[str]:
    """ADR; with the place as it is printed where nothing else is known."""
    location = contact.get("location")
    for place, address in enumerate(standard.addresses_of(contact)):
        kind = f";TYPE={_spelt(address.kind, is_old=is_old)}" if address.kind else ""
        label = (
            f";LABEL={_parameter(location)}" if location and place == 0 and not is_old and not address.street else ""
        )
        yield f"ADR{kind}{label}:;;{';'.join(map(_escaped, address[:5]))}"


def _derived(contact: Mapping[str, Any], *, is_old: bool) -> Iterator[str]:
    """The standard properties of what the contact has in custom fields, and the form of a profile that phones know."""
    if nickname := standard.nickname_of(contact):
        yield f"NICKNAME{_DERIVED}:{_escaped(nickname)}"
    if profile := contact.get("linkedin_url"):
        yield f"X-SOCIALPROFILE;TYPE=linkedin{_DERIVED}:{_escaped(profile)}"
    yield from (f"URL{_DERIVED}:{_escaped(link)}" for link in standard.links_of(contact))
    for number, kinds in standard.faxes_of(contact):
        types = "".join(f";TYPE={_spelt(kind, is_old=is_old)}" for kind in kinds.split(","))
        yield f"TEL{types}{_DERIVED}:{_escaped(number)}"


def _birthday(birthday: str, *, is_old: bool) -> str:
    """BDAY; vCard 3.0 has no day without a year, for which programs write the year 1604 (as Apple does)."""
    without_year = birthday.startswith("--")
    if is_old:
        return f"BDAY;X-APPLE-OMIT-YEAR=1604:1604-{birthday[2:]}" if without_year else f"BDAY:{birthday}"
    return f"BDAY:{'--' + birthday[2:].replace('-', '') if without_year else birthday.replace('-', '')}"


def _spelt(kind: str, *, is_old: bool) -> str:
    """A type as its version of vCard writes it."""
    return kind.upper() if is_old else kind


def _identity(contact: Mapping[str, Any], *, is_old: bool) -> Iterator[str]:
    """UID, FN, N and the addresses, the primary one first."""
    identity = str(contact.get("id") or "")
    if identity:
        yield f"UID:{'urn:uuid:' if _UUID.fullmatch(identity) else ''}{_escaped(identity)}"
    name = contact.get("name") or ""
    emails = list(dict.fromkeys(filter(None, [contact.get("email"), *(contact.get("emails") or [])])))
    if name.strip():
        yield f"FN:{_escaped(name)}"
    else:  # FN is mandatory; the parameter marks it for an import as not the contact's
        yield f"FN{_DERIVED}:{_escaped(emails[0] if emails else contact.get('linkedin_url') or '-')}"
    yield f"N:{';'.join(map(_escaped, standard.name_of(contact)))}"
    labels = standard.labels_of(contact, "emails")
    first = contact.get("email")  # without one of the contact's own, none of the others is preferred
    for email in emails:
        kind = standard.kind_of(labels.get(email, ""))
        types = [
            _spelt(each, is_old=is_old)
            for each in ("internet" if is_old else "", kind if kind in ("home", "work") else "")
            if each
        ]
        types += ["PREF"] if is_old and email == first else []
        preferred = ";PREF=1" if email == first and not is_old else ""
        yield f"EMAIL{';TYPE=' + ','.join(types) if types else ''}{preferred}:{_escaped(email)}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _parameter(text: str) -> str:
    """A parameter value in quotes; quotes and line ends inside are written with a caret (RFC 6868)."""
    text = text.replace("^", "^^").replace('"', "^'").replace("\r", "").replace("\n", "^n")
    return '"' + "".join(character for character in text if character >= " ") + '"'


def _inexact(contact: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that an import would read back changed from the standard properties."""
    exact: dict[str, Any] = {
        name: value for name in TEXTS if isinstance(value := contact.get(name), str) and value and _is_fragile(value)
    }
    for name in LISTS:
        items = contact.get(name) or []
        if any(map(_is_fragile, items)):
            exact[name] = list(items)
    return exact


def _is_fragile(text: str) -> bool:
    """Whether a line of a vCard cannot hold the text: white space at an end, control characters other than a line feed."""
    return text != text.strip() or any(
        (character < " " and character != "\n") or character == "\x7f" for character in text
    )


def _timestamp(text: str) -> str:
    """`2026-11-23T06:09:00.123456+00:00` in the basic format of RFC 6350, seconds in UTC; anything else as it is."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|\+00(?::?00)?)", text)
    return "{}{}{}T{}{}{}Z".format(*found.groups()) if found else _escaped(text)


def _folded(line: str) -> bytes:
    """A line with its end, folded at 75 bytes between characters."""
    data = line.encode("utf-8", "replace")
    if len(data) <= MAX_LINE_BYTES:
        return data + b"\r\n"
    parts: list[bytes] = []
    start, free_bytes = 0, MAX_LINE_BYTES
    while start < len(data):
        end = min(start + free_bytes, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # noqa: PLR2004  # the middle of a character
            end -= 1
        parts.append(data[start:end])
        start, free_bytes = end, MAX_LINE_BYTES - 1  # the blank that begins a folded line counts
    return b"\r\n ".join(parts) + b"\r\n"
