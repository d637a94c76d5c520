"""The shapes that programs give people in JSON: where the list of them stands, and which objects only wrap others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shared.contacts.importing import csv_columns
from shared.contacts.importing.csv_columns import CUSTOM, is_about_others

if TYPE_CHECKING:
    from collections.abc import Iterator

# The objects of a file have the same keys; a hostile one has any number of them.
squash = lru_cache(maxsize=4096)(csv_columns.squash)
field_of = lru_cache(maxsize=4096)(csv_columns.field_of)
MAX_DEPTH = 6
_MOST = 0.5  # of the items of a list
# Keys of the list in the answer of an API, also of Warmpath's ("value" is Microsoft's, "connections" Google's). The words for
# users are missing: beside a list of contacts they are those of the program.
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
        "list",
    ]
)
PEOPLE_KEYS = frozenset(
    [
        "contacts",
        "people",
        "persons",
        "connections",
        "contact",
        "person",
        "employees",
        "attendees",
        "friends",
        "leads",
        "cards",
    ]
)
_USERS_KEYS = frozenset(
    ["members", "users", "team", "staff", "guests", "participants", "subscribers", "customers", "clients"]
)
# Keys of the value of their parent: {"emails": [{"value": ..., "type": ...}]}.
VALUE_KEYS = frozenset(
    [
        "value",
        "address",
        "number",
        "email",
        "text",
        "formattedvalue",
        "formatted",
        "formattedaddress",
        "displayvalue",
        "content",
    ]
)
BESIDE_KEYS = frozenset(
    [
        "type", "label", "primary", "isprimary", "metadata", "etag", "resourcename", "formattedtype", "canonicalform", "sourceprimary",
        "verified", "photo", "photos", "avatar", "id", "attributes", "lower", "optout", "invalid", "bounced",
    ]
)  # fmt: skip
ORGANISATIONS = frozenset(
    [
        "organizations", "organization", "organisations", "organisation", "company", "companies", "employer", "org", "orgid",
        "currentcompany", "account", "primarycompany", "parentcustomeridaccount", "parentcustomerid",
    ]
)  # fmt: skip
# Lists of addresses, numbers and other ways to reach somebody, each with its type.
WAYS_TO_REACH = frozenset(
    ["contactfields", "contactmethods", "contactpoints", "contactchannels", "communicationchannels"]
)
# Objects of links to a person's pages, in which a profile is that person's.
LINK_HOLDERS = frozenset(
    [
        "social",
        "socials",
        "socialmedia",
        "socialprofiles",
        "sociallinks",
        "links",
        "profiles",
        "onlineprofiles",
        "accounts",
        "urls",
        "websites",
    ]
)
# Objects that hold the values of the contact around them.
_PARTS_OF_SOMEBODY = frozenset(
    [
        "contact", "contactinfo", "contactinformation", "contactdetails", "details", "profile", "personal", "personalinfo", "info", "basics",
        "basicinfo", "mergefields", "information", "career", "dates",
    ]
)  # fmt: skip
_WRAPPERS = frozenset(
    [
        "properties", "fields", "attributes", "data", "person", "user", "member", "node", "record", "object", "item", "entity",
        "values", "customer", "lead", "result", "card",
    ]
)  # fmt: skip
_IDENTITY = frozenset({"name", "first_name", "last_name", "email", "phones", "linkedin_url"})
_SURE = _IDENTITY - {"name"}
# Types of Notion's values, each of which stands under a key called like its type.
_TYPED = {"title": "name", "email": "email", "phone_number": "phones"}
# Odoo's company of the record is that of the bookkeepers; the contact's is its parent.
_PAIRED = {"parent_id": "company", "country_id": "country", "state_id": "region", "title": "prefix"}
_FROM = re.compile(r"(.+) \(from (.+)\)")  # the column of a table that Airtable's looks up
_CHOICES = ("select", "status")


def is_somebody(value: dict[str, Any], fields: frozenset[str] = _IDENTITY) -> bool:
    """Whether an object itself names a person or an address of one."""
    return any(
        item not in (None, "", [], {})
        and not isinstance(item, bool)
        and (found := field_of(str(key))) is not None
        and found[0] in fields
        for key, item in value.items()
        if not (squash(str(key)) in _WRAPPERS and isinstance(item, dict))
    )


def is_wrapper(key: str, item: dict[str, Any], around: dict[str, Any]) -> bool:
    """Whether an object holds the values of the contact around it, which then has none of its own."""
    key = squash(key)
    if key in _PARTS_OF_SOMEBODY:
        return not (is_somebody(around) and is_somebody(item, frozenset({"name", "first_name", "last_name"})))
    return (
        key in _WRAPPERS
        and not is_somebody(around)
        and not ORGANISATIONS & {squash(other) for other in around if other != key}
    )


def person_in(value: Any, depth: int = 0) -> dict[str, Any] | None:
    """The object that names a person: this one, or one that it wraps."""
    if not isinstance(value, dict):
        return None
    if is_somebody(value):
        return value
    for key, item in value.items():
        if (
            (squash(str(key)) in _WRAPPERS | _PARTS_OF_SOMEBODY)
            and depth < MAX_DEPTH
            and (found := person_in(item, depth + 1))
        ):
            return found
    return None


def people_in(value: Any) -> Iterator[Any]:
    """The people of an item: itself, those of the list that it holds (as Telegram and Facebook export), or of a company.

    A company's people get its values under `company`.
    """
    if not isinstance(value, dict) or not value:
        yield value
        return
    if (staff := _staff_of(value)) is not None:
        company = {key: item for key, item in value.items() if not isinstance(item, dict | list)}
        for person in staff:
            yield (
                person
                if not isinstance(person, dict) or ORGANISATIONS & set(map(squash, person))
                else person | {"company": company}
            )
        return
    if person_in(value) is None and (people := _best_list(value)) is not None:
        for person in people:
            yield from people_in(person)
        return
    yield value


def _staff_of(value: dict[str, Any]) -> list[Any] | None:
    """The people inside the object of a company."""
    if is_somebody(value, frozenset({"first_name", "last_name", "linkedin_url"})) or not isinstance(
        value.get("name"), str
    ):
        return None
    for key, item in value.items():
        if squash(str(key)) in PEOPLE_KEYS | {"members", "staff", "team"} and _share_of_people(item) > _MOST:
            return list(item)
    return None


def _best_list(value: dict[str, Any]) -> list[Any] | None:
    """The list inside an object that is likeliest the one of the people; a single person is a list only under a key for people."""
    best: tuple[tuple[int, float, int], list[Any]] | None = None
    for key, people in _lists(value, "", 0):
        share = _share_of_people(people)
        named = squash(key) in PEOPLE_KEYS
        if share <= _MOST:
            continue
        sure = sum(is_somebody(person_in(item) or {}, _SURE) for item in people) > _MOST * len(people)
        if len(people) == 1 and not (named or sure):
            continue
        strangers = squash(key) in ORGANISATIONS or squash(key) in _USERS_KEYS
        rank = (2 * named + sure - strangers, share, len(people))
        if best is None or rank > best[0]:
            best = rank, people
    return best[1] if best else None


def _lists(value: dict[str, Any], name: str, depth: int) -> Iterator[tuple[str, list[Any]]]:
    """Every list of objects inside an object with the nearest key that says something; objects by their ids are a list too."""
    if depth and len(value) > 1 and all(isinstance(item, dict) for item in value.values()) and field_of(name) is None:
        yield name, list(value.values())
    for key, item in value.items():
        telling = name if squash(str(key)) in LIST_KEYS - PEOPLE_KEYS | {"edges", "nodes", "values"} else str(key)
        if isinstance(item, list) and item and isinstance(item[0], dict):
            yield telling, item
            if depth < MAX_DEPTH:
                for entry in item:
                    if isinstance(entry, dict) and person_in(entry) is None:
                        yield from _lists(entry, telling, depth + 1)
        elif isinstance(item, dict) and depth < MAX_DEPTH:
            yield from _lists(item, telling, depth + 1)


def _share_of_people(items: Any) -> float:
    if not isinstance(items, list) or not items:
        return 0.0
    return sum(person_in(item) is not None for item in items) / len(items)


def typed_field(key: str, item: Any) -> str:
    """The field that the shape of a value means, whatever it is called; empty where its key decides."""
    if is_pair(key, item):
        return _PAIRED.get(key, CUSTOM)
    kind = item.get("type") if isinstance(item, dict) else None
    if not isinstance(kind, str) or kind not in item or is_about_others(key):
        return ""
    named = field_of(key)
    return _TYPED.get(kind, "") if named is None or named[0] == "contact" else ""


def plain(key: str, item: Any) -> tuple[str, Any]:
    """A key and a value without the dress that their program gives them: Notion's typed objects, Odoo's pairs of id and name."""
    if is_pair(key, item):
        return key.removesuffix("_id"), item[1]
    if item is False and key.endswith("_id"):
        return key, None  # Odoo's "no such record"
    if isinstance(item, dict) and isinstance(kind := item.get("type"), str):
        if kind in item and kind not in ("object", "label"):
            return key, _of_notion(kind, item[kind])
        if squash(key) == "attributes" and item.keys() <= {"type", "url"}:
            return key, None  # Salesforce's address of the record
    if found := _FROM.fullmatch(key):
        named = squash(found[1]) == "name" or ((inner := field_of(found[1])) is not None and inner[0] == "company")
        is_company = named and squash(found[2]) in ORGANISATIONS
        return "Company Name" if is_company else key, item
    return key, item


def is_pair(key: str, item: Any) -> bool:
    """Whether a value is the id and the name of a record that Odoo relates to the contact."""
    if not isinstance(item, list) or len(item) != 2 or not (key.endswith("_id") or key == "title"):  # noqa: PLR2004 - a pair
        return False
    identity, name = item
    return isinstance(identity, str) and identity.isdecimal() and isinstance(name, str) and not name.isdecimal()


def _of_notion(kind: str, inner: Any) -> Any:
    if isinstance(inner, list):
        texts = [text for each in inner if isinstance(each, dict) and isinstance(text := each.get("plain_text"), str)]
        if texts:
            return "".join(texts)
        named = kind in ("multi_select", "people")
        return [each.get("name") or each if named and isinstance(each, dict) else each for each in inner]
    if isinstance(inner, dict) and kind in _CHOICES:
        return inner.get("name")
    if isinstance(inner, dict) and kind == "date":
        return inner.get("start")
    if isinstance(inner, dict) and kind in ("formula", "rollup"):
        return inner.get(str(inner.get("type")))
    return inner
