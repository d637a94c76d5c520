"""Reads LDIF (RFC 2849), which Thunderbird and every directory export: one entry, one contact."""

from __future__ import annotations

import base64
import binascii
import io
from typing import TYPE_CHECKING, Any

from shared.contacts.importing.birthdays import from_parts
from shared.contacts.importing.json_records import record_of
from shared.contacts.importing.parsed import ContactFile, Record
from shared.contacts.importing.source import Source, Unowned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.contacts.importing.encoding import Survey

# An entry with more is no person, and is cut here.
_MAX_ENTRY_CHARS = 1024 * 1024
# Attributes of the standard schemas (RFC 4519, RFC 2798, Mozilla's) under the names that other files give the same; empty:
# nothing about the person.
_NAMES = {
    "sn": "last name", "cn": "name", "displayname": "name", "o": "company", "ou": "Department", "departmentnumber": "Department",
    "l": "city", "st": "state", "c": "Country Code", "co": "country", "postaladdress": "Postal Address",
    "mozillasecondemail": "email", "mozillanickname": "Nickname", "nsaimid": "AIM", "mozillaworkurl": "website", "mozillahomeurl": "home page",
    "labeleduri": "url", "description": "notes", "info": "notes", "employeetype": "Employee Type",
    "dn": "", "objectclass": "", "modifytimestamp": "", "createtimestamp": "", "entryuuid": "uid", "objectguid": "", "userpassword": "",
    "jpegphoto": "", "thumbnailphoto": "", "usercertificate": "", "changetype": "", "mozillausehtmlmail": "", "xmozillausehtmlmail": "",
}  # fmt: skip
_HOME = {
    "mozillahomestreet": "street", "mozillahomestreet2": "street", "mozillahomelocalityname": "city", "mozillahomestate": "state",
    "mozillahomepostalcode": "postal code", "mozillahomecountryname": "country",
}  # fmt: skip
_GROUPS = frozenset(
    {"groupofnames", "groupofuniquenames", "organization", "organizationalunit", "dcobject", "domain", "posixgroup"}
)


def open_ldif(source: Source, survey: Survey) -> ContactFile:
    """Recognises an LDIF file; its entries are read as they are asked for."""
    return ContactFile("ldif", {}, None, _records(source, survey))


def _records(source: Source, survey: Survey) -> Iterator[Record]:
    for line, entry in _entries(source, survey):
        kinds = {kind.lower() for kind in entry.get("objectclass", ())}
        if not kinds & _GROUPS and entry.get("changetype", ["add"]) == ["add"] and entry.keys() - {"version"}:
            yield from record_of(line, _as_object(entry), {}, is_own=False)


def _entries(source: Source, survey: Survey) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Each entry with the line it begins on: attribute in lower case -> values."""
    entry: dict[str, list[str]] = {}
    begins = size = 0
    for number, text in _unfolded(source, survey):
        if not text:
            if entry:
                yield begins, entry
            entry, size = {}, 0
            continue
        name, colon, value = text.partition(":")
        size += len(text)
        if not colon or size > _MAX_ENTRY_CHARS:
            continue
        if not entry:
            begins = number
        if value.startswith(":"):
            value = _from_base64(value[1:])
        elif value.startswith("<"):
            continue  # is elsewhere
        if value := value.strip():
            entry.setdefault(name.partition(";")[0].strip().lower(), []).append(value)
    if entry:
        yield begins, entry


def _unfolded(source: Source, survey: Survey) -> Iterator[tuple[int, str]]:
    """Lines without comments, a line that goes on on the next ones in one piece."""
    raw = io.BufferedReader(Unowned(source.open()), buffer_size=256 * 1024)
    parts: list[str] = []
    begins = 0
    for number, line in enumerate(io.TextIOWrapper(raw, survey.encoding, survey.errors), start=1):
        text = line.rstrip("\n")
        if text.startswith(" ") and parts:
            parts.append(text[1:])
            continue
        if parts and not parts[0].startswith("#"):
            yield begins, "".join(parts)
        begins, parts = number, [text]
    if parts and not parts[0].startswith("#"):
        yield begins, "".join(parts)


def _from_base64(text: str) -> str:
    """The text that is spelt in base64; empty where it is none, as of a photo."""
    try:
        return base64.b64decode(text, validate=False).decode()
    except (binascii.Error, ValueError):
        return ""


def _as_object(entry: dict[str, list[str]]) -> dict[str, Any]:
    """The entry under the names that other files give the same things."""
    value: dict[str, Any] = {}
    home: dict[str, str] = {}
    for name, found in entry.items():
        if name in _HOME:
            home[_HOME[name]] = ", ".join(found)
        elif said := _NAMES.get(name, name):
            value.setdefault(said, []).extend(found)
    if "birthmonth" in value:
        parts = (value.pop(part, [""])[0] for part in ("birthyear", "birthmonth", "birthday"))
        value["birthday"] = from_parts(*parts)
    if not value.keys() & {"street", "city"}:
        value |= home
    elif home:
        value["Home"] = ", ".join(home.values())
    return value
