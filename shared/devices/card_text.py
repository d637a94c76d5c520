"""The card of a contact: as a device wrote it, with the lines changed that the contact no longer says; made where none wrote one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shared.devices.card_fields import LISTS, SCALARS, differs, key_of, primary_of
from shared.devices.card_lines import Line, cleaned, escaped, join_lines, plain, split_lines, unescaped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Not that of exports: an import takes every line of a card with that product for its own, and a device may have added some.
PRODUCT = "-//warmpath.dev//CardDAV 1//EN"
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f'\u2019.-]+")
_ITEM = re.compile(r"item(\d{1,6})", re.IGNORECASE)
_ENCODED = re.compile(r"(?i);(?:ENCODING=)?(?:QUOTED-PRINTABLE|BASE64|B)(?=;|$)|;CHARSET=[^;:]*")
_PREFERRED = re.compile(r"(?i);PREF=\d+|;TYPE=PREF(?=;|$)|,PREF\b|(?<==)PREF,")


def text_of(contact: Mapping[str, Any], uid: str, body: str | None, base: Mapping[str, Any] | None) -> str:
    """The card of a contact.

    Args:
        contact: its fields.
        uid: the card's UID.
        body: the card as a device wrote it; None: it is made of the contact.
        base: the fields as that body says them.
    """
    if body is None or base is None:
        return cleaned(made(contact, uid))
    changed = [name for name in (*SCALARS, *LISTS) if differs(contact.get(name), base.get(name))]
    leads = primary_of(contact) != primary_of(base)
    if not changed and not leads:
        return body
    lines = split_lines(body)
    for name in changed:
        _PATCHES[name](lines, base.get(name), contact.get(name))
    if leads:
        _lead(lines, primary_of(contact))
    return cleaned(join_lines(lines))


def made(contact: Mapping[str, Any], uid: str) -> str:
    """A card of version 3.0, which every program reads; N and FN both, as Apple's show N only."""
    name = (contact.get("name") or "").strip()
    emails = list(dict.fromkeys(filter(None, [contact.get("email"), *(contact.get("emails") or [])])))
    shown = name or (emails[0] if emails else contact.get("linkedin_url") or "-")
    lines = [
        plain("BEGIN", "VCARD"),
        plain("VERSION", "3.0"),
        plain("PRODID", PRODUCT),
        plain("UID", uid),
        # the parameter says to a reader that the contact has no name of its own
        plain("FN", shown, "" if name else ";X-WARMPATH-DERIVED=true"),
        Line("", "N", "", name_parts(name) if name else ";;;;"),
    ]
    for place, email in enumerate(emails):
        lines.append(plain("EMAIL", email, ";TYPE=INTERNET" + (",PREF" if place == 0 and len(emails) > 1 else "")))
    lines += [plain("TEL", phone, ";TYPE=VOICE") for phone in contact.get("phones") or []]
    for property_name, field in (("ORG", "company"), ("TITLE", "title"), ("NOTE", "notes")):
        if text := contact.get(field):
            lines.append(plain(property_name, text))
    if location := contact.get("location"):
        lines.append(Line("", "ADR", "", f";;;{escaped(location)};;;"))
    if url := contact.get("linkedin_url"):
        lines += _profile_lines(lines, url)
    if birthday := contact.get("birthday"):
        lines.append(_birthday_line(birthday))
    if tags := contact.get("tags"):
        lines.append(_tags_line(tags))
    return join_lines([*lines, plain("END", "VCARD")])


def name_parts(name: str) -> str:
    """N of a whole name: two Latin words are a given and a family name; what is longer is not taken apart, and shows as it is."""
    words = name.split()
    if len(words) == 2 and all(map(_LATIN.fullmatch, words)):  # noqa: PLR2004 - a given and a family name
        return f"{escaped(words[1])};{escaped(words[0])};;;"
    return f";{escaped(name)};;;"


def _birthday_line(birthday: str) -> Line:
    """BDAY; vCard 3.0 has no day without a year, which Apple writes in this way and others understand."""
    if birthday.startswith("--"):
        return Line("", "BDAY", ";X-APPLE-OMIT-YEAR=1604", "1604-" + birthday[2:])
    return Line("", "BDAY", "", birthday)


def _tags_line(tags: list[str]) -> Line:
    return Line("", "CATEGORIES", "", ",".join(map(escaped, tags)))


def _profile_lines(lines: list[Line], url: str) -> list[Line]:
    numbers = [int(found[1]) for line in lines if (found := _ITEM.fullmatch(line.group))]
    group = f"item{max(numbers, default=0) + 1}"
    return [Line(group, "URL", "", escaped(url)), Line(group, "X-ABLabel", "", "LinkedIn")]


def _add(lines: list[Line], *new: Line) -> None:
    lines[-1:-1] = new


def _places(lines: list[Line], name: str) -> list[int]:
    return [place for place, line in enumerate(lines) if line.name == name]


def _remove(lines: list[Line], places: list[int]) -> None:
    """Take lines out, together with labels that belong to nothing any more."""
    groups = {lines[place].group.lower() for place in places if lines[place].group}
    for place in sorted(places, reverse=True):
        del lines[place]
    for group in groups:
        rest = [line for line in lines if line.group.lower() == group]
        if all(line.name.startswith("X-AB") for line in rest):
            lines[:] = [line for line in lines if line.group.lower() != group]


def _patch_text(name: str) -> Callable[[list[Line], Any, Any], None]:
    def patch(lines: list[Line], _before: Any, after: Any) -> None:
        places = _places(lines, name)
        if not after:
            _remove(lines, places)
        elif not places:
            _add(lines, plain(name, after))
        else:
            line = lines[places[0]]
            lines[places[0]] = line._replace(value=escaped(after), params=_ENCODED.sub("", line.params))
            if name == "NOTE":
                _remove(lines, places[1:])

    return patch


def _patch_company(lines: list[Line], _before: Any, after: Any) -> None:
    """Change the company and keep the departments behind it."""
    places = _places(lines, "ORG")
    if not places:
        _add(lines, plain("ORG", after))
        return
    line = lines[places[0]]
    company = re.match(r"(?:[^;\\]|\\.)*", line.value, re.DOTALL)
    rest = line.value[company.end() :] if company else ""
    if not after and not rest.strip("; "):
        _remove(lines, places)
    else:
        value = escaped(after or "") + rest
        lines[places[0]] = line._replace(value=value, params=_ENCODED.sub("", line.params))


def _patch_name(lines: list[Line], _before: Any, after: Any) -> None:
    name = after or ""
    _patch_text("FN")(lines, None, name or "-")
    places = _places(lines, "N")
    if places:
        line = lines[places[0]]
        lines[places[0]] = line._replace(value=name_parts(name), params=_ENCODED.sub("", line.params))
        _remove(lines, places[1:])
    else:
        _add(lines, Line("", "N", "", name_parts(name)))


def _patch_items(name: str, params: str) -> Callable[[list[Line], Any, Any], None]:
    def patch(lines: list[Line], before: Any, after: Any) -> None:
        had = {key_of(item) for item in before or []}
        wanted = {key_of(item): item for item in after or []}
        gone = [
            place for place in _places(lines, name) if (keys := _keys(lines[place])) & had and not keys & wanted.keys()
        ]
        _remove(lines, gone)
        present = {key for line in lines if line.name == name for key in _keys(line)}
        _add(lines, *(plain(name, item, params) for key, item in wanted.items() if key not in present | had))

    return patch


def _patch_tags(lines: list[Line], _before: Any, after: Any) -> None:
    _remove(lines, _places(lines, "CATEGORIES"))
    if after:
        _add(lines, _tags_line(after))


def _patch_birthday(lines: list[Line], _before: Any, after: Any) -> None:
    _remove(lines, _places(lines, "BDAY"))
    if after:
        _add(lines, _birthday_line(after))


def _patch_profile(lines: list[Line], before: Any, after: Any) -> None:
    slug = (before or "").rsplit("/", 1)[-1].lower()
    _remove(
        lines,
        [
            place
            for place, line in enumerate(lines)
            if slug and slug in (text := line.text.lower()) and "linkedin" in text
        ],
    )
    if after:
        _add(lines, *_profile_lines(lines, after))


def _patch_location(lines: list[Line], _before: Any, after: Any) -> None:
    """Say the place in a line of its own: what street and town an address has is the device's."""
    _remove(lines, _places(lines, "X-WARMPATH-LOCATION"))
    if after:
        _add(lines, plain("X-WARMPATH-LOCATION", after))


_PATCHES: dict[str, Callable[[list[Line], Any, Any], None]] = {
    "name": _patch_name,
    "company": _patch_company,
    "title": _patch_text("TITLE"),
    "notes": _patch_text("NOTE"),
    "location": _patch_location,
    "linkedin_url": _patch_profile,
    "birthday": _patch_birthday,
    "emails": _patch_items("EMAIL", ";TYPE=INTERNET"),
    "phones": _patch_items("TEL", ";TYPE=VOICE"),
    "tags": _patch_tags,
}


def _lead(lines: list[Line], email: str) -> None:
    """Put the line of the first address before those of the others."""
    places = _places(lines, "EMAIL")
    first = next((place for place in places if email in _keys(lines[place])), None)
    for place in places:
        lines[place] = lines[place]._replace(params=_PREFERRED.sub("", lines[place].params))
    if first is not None and first != places[0]:
        lines.insert(places[0], lines.pop(first))


def _keys(line: Line) -> set[str]:
    value = unescaped(line.value)
    return {key_of(value), key_of(re.sub(r"(?i)^(mailto|tel):", "", value))}
