"""Find in a contact the properties that other address books know: the parts of its name, kinds of phones, addresses, links.

A contact holds these as people wrote them, a name in one piece and everything else under custom labels. The parts found here are
a best guess for programs that ask for them; the exact values stand beside them in Warmpath's own files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PREFIXES = frozenset(
    [
        "dr",
        "prof",
        "mr",
        "mrs",
        "ms",
        "mx",
        "miss",
        "sir",
        "dame",
        "herr",
        "frau",
        "mme",
        "mlle",
        "sr",
        "sra",
        "srta",
        "dott",
        "ing",
        "don",
        "doña",
        "rev",
        "hon",
    ]
)
_SUFFIXES = frozenset(
    [
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "phd",
        "md",
        "mba",
        "cpa",
        "esq",
        "dds",
        "jd",
        "cfa",
        "pmp",
        "bsc",
        "msc",
        "rn",
        "facp",
    ]
)
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "der",
        "den",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "zu",
        "zur",
        "ter",
        "ten",
        "al",
        "el",
        "bin",
        "ibn",
        "mac",
    ]
)
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々]")
_ADDRESS = re.compile(
    r"(?:address|street|adresse|anschrift|dirección|indirizzo|endereço)(?: \d+)?$|^address\b", re.IGNORECASE
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LINK_KEY = re.compile(r"url|web|site|home ?page|blog|link", re.IGNORECASE)
_PHONE_KINDS = (("fax", "fax"), ("pager", "pager"), ("mobile", "cell"), ("cell", "cell"), ("iphone", "cell"), ("home", "home"), ("work", "work"), ("business", "work"), ("office", "work"), ("main", "main"))  # fmt: skip
_NO_PHONE = re.compile(r"[^\d+().\-/ #*,;x]", re.IGNORECASE)
_POSTCODE = re.compile(r"(?=[^,]*\d)[A-Z]{0,2}-?[\dA-Z]{2,5}[ -]?\d[\dA-Z]{0,4}", re.IGNORECASE)


class Name(NamedTuple):
    """The parts of a name, as N has them."""

    family: str
    given: str
    additional: str
    prefix: str
    suffix: str


class Address(NamedTuple):
    """An address in its parts, as far as they can be found."""

    street: str
    city: str
    region: str
    postal_code: str
    country: str
    kind: str


def name_of(contact: Mapping[str, Any]) -> Name:
    """The parts of the contact's name: the last word is the family name, with the particles before it; "Diaz, Ana" says it itself."""
    name = " ".join(str(contact.get("name") or "").split())
    if not name or name == contact.get("company"):
        return Name(name, "", "", "", "")
    words = name.split()
    if _EAST_ASIAN.search(name):
        family, _, rest = name.partition(" ")
        return Name(family, rest, "", "", "") if rest else Name("", name, "", "", "")
    prefix: list[str] = []
    while len(words) > 1 and words[0].rstrip(".").lower() in _PREFIXES:
        prefix.append(words.pop(0))
    suffix: list[str] = []
    while len(words) > 1 and words[-1].strip(".,()").lower().replace(".", "") in _SUFFIXES:
        suffix.insert(0, words.pop())
    head, comma, rest = " ".join(words).partition(",")
    if comma and rest.strip():
        given, _, middle = " ".join(rest.split()).partition(" ")
        return Name(head.strip(), given, middle, " ".join(prefix), " ".join(suffix))
    words = head.split()
    place = len(words) - 1
    while place > 1 and words[place - 1].lower() in _PARTICLES:
        place -= 1
    if place < 1:
        return Name("", words[0] if words else "", "", " ".join(prefix), " ".join(suffix))
    given, middle = words[0], " ".join(words[1:place])
    return Name(" ".join(words[place:]), given, middle, " ".join(prefix), " ".join(suffix))


def custom_of(contact: Mapping[str, Any], *keys: str) -> str:
    """The first custom value under one of these keys, whatever their case."""
    custom = {str(key).casefold(): str(value) for key, value in (contact.get("custom") or {}).items()}
    return next((custom[key] for key in keys if custom.get(key)), "")


def nickname_of(contact: Mapping[str, Any]) -> str:
    """The contact's nickname."""
    return custom_of(contact, "nickname", "nick name", "spitzname")


def department_of(contact: Mapping[str, Any]) -> str:
    """The contact's part of the company."""
    return custom_of(contact, "department", "organization department", "abteilung")


def kind_of(label: str) -> str:
    """`cell`, `work`, `home`, `main`, `fax` or `pager`, as a label says it; empty where it says none of them."""
    label = label.casefold()
    return next((kind for word, kind in _PHONE_KINDS if word in label), "")


def labels_of(contact: Mapping[str, Any], values: str) -> dict[str, str]:
    """Phone or address -> its label, for those that stand in custom once more, under one.

    Args:
        contact: the contact.
        values: `phones` or `emails`.
    """
    listed = set(contact.get(values) or [])
    return {str(value): str(key) for key, value in (contact.get("custom") or {}).items() if value in listed}


def faxes_of(contact: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Numbers that nobody answers, with their kinds, of which the first is `fax` or `pager`."""
    for key, value in (contact.get("custom") or {}).items():
        kind = kind_of(str(key))
        if kind in ("fax", "pager") and any(map(str.isdecimal, str(value))) and not _NO_PHONE.search(str(value)):
            place = next(
                (word for word in ("work", "home") if word in str(key).casefold()),
                "work" if "business" in str(key).casefold() else "",
            )
            yield str(value), f"{kind},{place}".rstrip(",")


def links_of(contact: Mapping[str, Any]) -> list[str]:
    """The contact's web pages, without the LinkedIn profile."""
    found = (
        str(value).strip()
        for key, value in (contact.get("custom") or {}).items()
        if _LINK_KEY.search(str(key)) and _LINK.fullmatch(str(value).strip())
    )
    return [link for link in dict.fromkeys(found) if link != contact.get("linkedin_url")]


def rest_of(contact: Mapping[str, Any]) -> dict[str, str]:
    """The custom fields that no standard property says."""
    listed = {
        *(contact.get("phones") or []),
        *(contact.get("emails") or []),
        nickname_of(contact),
        department_of(contact),
    }
    listed |= {number for number, _ in faxes_of(contact)} | set(links_of(contact))
    return {
        str(key): str(value)
        for key, value in (contact.get("custom") or {}).items()
        if str(value) not in listed and not _is_address(str(key), str(value))
    }


def addresses_of(contact: Mapping[str, Any]) -> list[Address]:
    """The contact's addresses; where none is known, the place."""
    location = str(contact.get("location") or "")
    found = [
        _address(str(value), location, kind_of(str(key)))
        for key, value in (contact.get("custom") or {}).items()
        if _is_address(str(key), str(value))
    ]
    return found or ([_address(location, location, "")] if location else [])


def _is_address(key: str, value: str) -> bool:
    return _ADDRESS.search(key) is not None and "@" not in value and _LINK.match(value) is None


def _address(text: str, location: str, kind: str) -> Address:
    """Take an address in one line apart; the place says which piece is the town."""
    place = [piece.strip() for piece in location.split(",") if piece.strip()]
    pieces = [piece.strip() for piece in re.split(r",|\n", text) if piece.strip()]
    city = place[0] if place and place[0] in pieces else ""
    country = place[-1] if len(place) > 1 and place[-1] in pieces else ""
    region = next((piece for piece in place[1:-1] if piece in pieces), "")
    rest = [piece for piece in pieces if piece not in (city, country, region)]
    codes = [piece for piece in rest[1:] if _POSTCODE.fullmatch(piece)]
    postal_code = codes[-1] if codes else ""
    street = ", ".join(piece for piece in rest if piece != postal_code)
    return Address(street, city, region, postal_code, country, kind if kind in ("home", "work") else "")
