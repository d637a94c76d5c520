"""Read the two standards of cards in JSON, JSContact (RFC 9553) and jCard (RFC 7095), as the vCards that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.importing.parsed import Record, RowError
from shared.contacts.importing.vcard_contacts import records_of
from shared.contacts.importing.vcard_groups import Groups, has_groups
from shared.formats.json_stream import Broken
from shared.formats.vcard import Card, Head, Property

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from shared.formats.source import Source

_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "", ",": "\\,", ";": "\\;"})
_NAME_KINDS = {
    "surname": 0, "surname2": 0, "given": 1, "personal": 1, "given2": 2, "middle": 2, "additional": 2, "title": 3, "prefix": 3,
    "credential": 4, "generation": 4, "suffix": 4,
}  # fmt: skip
# The parts of an address: their places in ADR.
_ADDRESS_KINDS = {"postOfficeBox": 0, "locality": 3, "region": 4, "postcode": 5, "country": 6, "separator": -1}
_STREET = 2
_AFFIXES = 3  # the first place in N of what goes beside a name
_OF_THE_PROGRAM = frozenset(
    [
        "@type",
        "version",
        "created",
        "updated",
        "prodId",
        "language",
        "media",
        "cryptoKeys",
        "photos",
        "directories",
        "calendars",
    ]
)
_FEATURES = {
    "mobile": "cell",
    "cell": "cell",
    "fax": "fax",
    "pager": "pager",
    "voice": "voice",
    "text": "text",
    "video": "video",
}
_CONTEXTS = {"private": "home", "work": "work", "home": "home"}


def format_of(item: Any) -> str:
    """`jcard` or `jscontact` where an item of a file is such a card; empty where it is something else."""
    if item == "vcard" or (isinstance(item, list) and item[:1] == ["vcard"]):
        return "jcard"
    if not isinstance(item, dict):
        return ""
    name = item.get("name")
    is_card = item.get("@type") == "Card" or (isinstance(name, dict) and isinstance(name.get("components"), list))
    return "jscontact" if is_card else ""


def read_cards(source: Source, items: Callable[[], Iterable[tuple[int, Any]]]) -> Iterator[Record]:
    """The contacts of a file of cards.

    Args:
        source: the file.
        items: gives its items from the beginning; called twice where the file has groups.
    """
    groups = Groups(_cards(items()) if has_groups(source) else ())
    for line, value in _with_lone(items()):
        if isinstance(value, Broken):
            rest = "; everything after it was left out" if value.rest_lost else ""
            yield RowError(line, None, f"{value.message}{rest}", value.excerpt or None, lost=True)
        elif (card := _card(line, value)) is None:
            yield RowError(line, None, "is not a card: write it as the others of this file", str(value), lost=True)
        else:
            yield from records_of(card, groups)


def _cards(items: Iterable[tuple[int, Any]]) -> Iterator[Card]:
    for line, value in _with_lone(items):
        if (card := _card(line, value)) is not None:
            yield card


def _with_lone(items: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """The items, with a file that is one jCard in one piece."""
    begun = False
    for line, value in items:
        if value == "vcard":
            begun = True
        else:
            yield line, ["vcard", value] if begun and isinstance(value, list) else value
            begun = False


def _card(line: int, value: Any) -> Card | None:
    kind = format_of(value)
    if kind == "jcard" and len(value) > 1 and isinstance(value[1], list):
        properties = [found for entry in value[1] if (found := _of_jcard(entry)) is not None]
    elif kind == "jscontact":
        properties = list(_of_jscontact(value))
    else:
        return None
    return Card(line, properties, complete=True, has_nul=any("\0" in entry.text for entry in properties))


def _of_jcard(entry: Any) -> Property | None:
    """A property out of `["tel", {"type": ["voice", "work"]}, "uri", "tel:+1-555-555-1234"]`."""
    if not isinstance(entry, list) or len(entry) < 4 or not isinstance(entry[0], str) or not isinstance(entry[1], dict):  # noqa: PLR2004
        return None
    name, params, _, *found = entry
    given = {
        str(key).upper(): "/".join(map(str, item)) if isinstance(item, list) else str(item)
        for key, item in params.items()
    }
    types = params.get("type", [])
    return _property(
        name,
        ",".join(_structured(value) for value in found),
        types=[str(each) for each in types] if isinstance(types, list) else [str(types)],
        group=given.pop("GROUP", ""),
        params={key: text for key, text in given.items() if key != "TYPE"},
    )


def _structured(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(",".join(map(_escaped, part)) if isinstance(part, list) else _escaped(part) for part in value)
    return _escaped(value)


def _of_jscontact(card: Mapping[str, Any]) -> Iterator[Property]:
    """The properties of a JSContact card; what vCard has no property for goes by its own name."""
    yield from _name(card.get("name"), card.get("fullName"))
    for key, value in card.items():
        if key in ("name", "fullName") or key in _OF_THE_PROGRAM or value in (None, "", [], {}):
            continue
        reader = _READERS.get(key)
        if reader is None:
            yield from (_property(key, _escaped(text)) for text in _leaves(value))
        elif key in _WHOLE:
            yield from reader("", value)
        else:
            for place, entry in value.items() if isinstance(value, dict) else enumerate(_items(value)):
                yield from reader(f"{key}{place}".lower(), entry if isinstance(entry, dict) else {"value": entry})


def _items(value: Any) -> list[Any]:
    """The items of a list; a value outside of a list is its own only item."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(name: Any, full: Any) -> Iterator[Property]:
    name = name if isinstance(name, dict) else {"full": name}
    full = name.get("full") or (full.get("value") if isinstance(full, dict) else full)
    if full:
        yield _property("FN", _escaped(full))
    parts: list[list[str]] = [[] for _ in range(5)]
    for each in _items(name.get("components")):
        if isinstance(each, dict) and (place := _NAME_KINDS.get(str(each.get("kind") or each.get("type")))) is not None:
            parts[place].append(_escaped(each.get("value")))
    if any(parts):
        yield _property(
            "N", ";".join(" ".join(part) if place < _AFFIXES else ",".join(part) for place, part in enumerate(parts))
        )


def _email(group: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    yield from _labelled("EMAIL", group, entry, entry.get("address") or entry.get("email") or entry.get("value"))


def _phone(group: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    yield from _labelled("TEL", group, entry, entry.get("number") or entry.get("phone") or entry.get("value"))


def _link(group: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    yield from _labelled("URL", group, entry, entry.get("uri") or entry.get("resource") or entry.get("value"))


def _service(group: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    user = str(entry.get("user") or "")
    params = {"SERVICE-TYPE": str(entry.get("service") or ""), "USERNAME": user}
    yield from _labelled("X-SOCIALPROFILE", group, entry, entry.get("uri") or user, params)


def _organisation(_: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    units = [unit.get("name") if isinstance(unit, dict) else unit for unit in _items(entry.get("units"))]
    yield _property("ORG", ";".join(map(_escaped, [entry.get("name"), *units])))


def _title(_: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    kind = "ROLE" if entry.get("kind") == "role" else "TITLE"
    yield _property(kind, _escaped(entry.get("name") or entry.get("title") or entry.get("value")))


def _note(_: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    yield _property("NOTE", _escaped(entry.get("note") or entry.get("value")))


def _nickname(_: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    yield _property("NICKNAME", _escaped(entry.get("name") or entry.get("value")))


def _anniversary(_: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    date = entry.get("date")
    text = str(date.get("utc") or "")[:10] if isinstance(date, dict) else str(date or "")
    if isinstance(date, dict) and not text:
        year, month, day = (str(date.get(part) or "") for part in ("year", "month", "day"))
        text = f"{year or '-'}-{month:0>2}-{day:0>2}" if month and day else "-".join(filter(None, [year, month, day]))
    kind = str(entry.get("kind") or entry.get("type") or "")
    yield _property("BDAY" if kind.startswith("birth") else f"Date of {kind or 'anniversary'}", _escaped(text))


def _address(group: str, entry: Mapping[str, Any]) -> Iterator[Property]:
    parts: list[list[str]] = [[] for _ in range(7)]
    components = entry.get("components") or entry.get("street") or []
    for each in components if isinstance(components, list) else []:
        if (
            isinstance(each, dict)
            and (place := _ADDRESS_KINDS.get(str(each.get("kind") or each.get("type")), _STREET)) >= 0
        ):
            parts[place].append(_escaped(each.get("value")))
    for key, place in _ADDRESS_KINDS.items():
        if place >= 0 and isinstance(entry.get(key), str) and not parts[place]:
            parts[place].append(_escaped(entry[key]))
    full = str(entry.get("full") or entry.get("fullAddress") or "")
    yield from _labelled(
        "ADR", group, entry, None, {"LABEL": full} if full else {}, text=";".join(" ".join(part) for part in parts)
    )


def _keywords(_: str, entry: Any) -> Iterator[Property]:
    tags = [key for key, is_set in entry.items() if is_set] if isinstance(entry, dict) else entry
    yield _property("CATEGORIES", ",".join(map(_escaped, tags if isinstance(tags, list) else [tags])))


def _members(_: str, entry: Any) -> Iterator[Property]:
    for member in entry if isinstance(entry, dict | list) else []:
        yield _property("MEMBER", _escaped(member))


def _uid(_: str, entry: Any) -> Iterator[Property]:
    yield _property("UID", _escaped(entry))


def _kind(_: str, entry: Any) -> Iterator[Property]:
    yield _property("KIND", _escaped(entry))


_READERS: dict[str, Callable[[str, Any], Iterator[Property]]] = {
    "emails": _email, "phones": _phone, "links": _link, "onlineServices": _service, "online": _service, "organizations": _organisation,
    "titles": _title, "jobTitles": _title, "notes": _note, "nicknames": _nickname, "nickNames": _nickname,
    "anniversaries": _anniversary, "addresses": _address, "keywords": _keywords, "categories": _keywords, "members": _members,
    "uid": _uid, "kind": _kind,
}  # fmt: skip
# Of these the value is read as a whole; others are maps from ids to entries.
_WHOLE = frozenset({"keywords", "categories", "members", "uid", "kind"})


def _labelled(
    name: str,
    group: str,
    entry: Mapping[str, Any],
    value: Any,
    params: Mapping[str, str] | None = None,
    *,
    text: str = "",
) -> Iterator[Property]:
    """A property with what JSContact says beside a value: contexts, features, preference and label."""
    kinds = [found for key in _set_keys(entry.get("contexts")) if (found := _CONTEXTS.get(key))]
    kinds += [found for key in _set_keys(entry.get("features")) if (found := _FEATURES.get(key))]
    preferred = {"PREF": str(entry["pref"])} if entry.get("pref") else {}
    label = str(entry.get("label") or "")
    yield _property(
        name, text or _escaped(value), types=kinds, group=group if label else "", params={**preferred, **(params or {})}
    )
    if label:
        yield _property("X-ABLABEL", _escaped(label), group=group)


def _set_keys(value: Any) -> list[str]:
    return [key for key, is_set in value.items() if is_set] if isinstance(value, dict) else []


def _property(
    name: str, text: str, *, types: Iterable[str] = (), group: str = "", params: Mapping[str, str] | None = None
) -> Property:
    standard = name.upper() if name.upper() == name or name.islower() else name
    kinds = frozenset(kind.lower() for kind in types)
    return Property(
        Head(group, standard, kinds, {key: each for key, each in (params or {}).items() if each}, "", None), text
    )


def _escaped(value: Any) -> str:
    return "" if value is None else str(value).translate(_ESCAPES)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "@type":
                yield from _leaves(item) if item is not True else [str(key)]
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value not in (None, "", False):
        yield str(value)
