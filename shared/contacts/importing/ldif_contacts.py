"""Read contacts from LDIF, with the attributes of the standard schemas: each entry is one contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.importing.birthdays import from_parts
from shared.contacts.importing.json_records import record_of
from shared.contacts.importing.parsed import ContactFile, Record
from shared.formats.ldif import read_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.formats.encoding import Survey
    from shared.formats.source import Source

# Attributes of the standard schemas (RFC 4519, RFC 2798, Mozilla's) -> the names of the same fields in other files; empty for
# attributes that say nothing about the person.
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
    """Open an LDIF file; its entries are read while they are consumed."""
    return ContactFile("ldif", {}, None, _records(source, survey))


def _records(source: Source, survey: Survey) -> Iterator[Record]:
    for line, entry in read_entries(source, survey):
        kinds = {kind.lower() for kind in entry.get("objectclass", ())}
        if not kinds & _GROUPS and entry.get("changetype", ["add"]) == ["add"] and entry.keys() - {"version"}:
            yield from record_of(line, _as_object(entry), {}, is_own=False)


def _as_object(entry: dict[str, list[str]]) -> dict[str, Any]:
    """The entry as an object, with the names that other files use."""
    value: dict[str, Any] = {}
    home: dict[str, str] = {}
    for name, found in entry.items():
        if name in _HOME:
            home[_HOME[name]] = ", ".join(found)
        elif common_name := _NAMES.get(name, name):
            value.setdefault(common_name, []).extend(found)
    if "birthmonth" in value:
        parts = (value.pop(part, [""])[0] for part in ("birthyear", "birthmonth", "birthday"))
        value["birthday"] = from_parts(*parts)
    if not value.keys() & {"street", "city"}:
        value |= home
    elif home:
        value["Home"] = ", ".join(home.values())
    return value
