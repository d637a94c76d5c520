"""Read the account of a Monica installation: its people with what stands beside them, in the shape of a plain list of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.contacts.addresses import is_email
from shared.contacts.importing.birthdays import LEAP_YEAR, NO_YEAR
from shared.contacts.importing.values import looks_like_phone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FIELDS = {
    "first_name": "first_name", "middle_name": "middle_name", "last_name": "last_name", "nickname": "Nickname", "job": "title",
    "company": "company", "tags": "tags",
}  # fmt: skip
# Values that only count or arrange for Monica's own pages, and pictures.
_OF_THE_PROGRAM = frozenset(
    [
        "avatar", "vcard", "is_starred", "is_partial", "is_active", "number_of_views", "last_consulted_at", "created_at", "updated_at",
        "uuid", "stay_in_touch_trigger_date", "photo", "document", "dataurl", "data_url", "is_favorited", "inactive",
    ]
)  # fmt: skip
_DATES = {"birthdate": "birthday", "deceased_date": "Deceased on", "first_met_date": "First met on"}


def contacts_of_monica(file: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The contacts of an account; None where the file is something else.

    People who only have a name (a child, a partner) are not contacts; they stand in the relationships of those who are.
    """
    account = file.get("account")
    collections = account.get("data") if isinstance(account, dict) else None
    if not isinstance(account, dict) or not isinstance(collections, list):
        return None
    people = list(_values(collections, "contact"))
    if not people:
        return None
    return _Account(account, people).contacts()


class _Account:
    """One account, with what its parts name by their ids."""

    def __init__(self, account: Mapping[str, Any], people: list[Mapping[str, Any]]) -> None:
        self._people = people
        self._names = {str(person.get("uuid")): _name(_properties(person)) for person in people}
        listed = _properties(account).values()
        entries = [entry for item in listed if isinstance(item, list) for entry in item if isinstance(entry, dict)]
        self._types = {str(entry.get("uuid")): _properties(entry) for entry in entries}
        self._ties: dict[str, list[str]] = {}
        related: set[str] = set()
        for tie in _values(account.get("data"), "relationship"):
            found = _properties(tie)
            one, other = str(found.get("contact_is")), str(found.get("of_contact"))
            related |= {one, other}
            self._ties.setdefault(one, []).append(f"{found.get('type') or 'knows'}: {self._names.get(other) or other}")
        # A name alone which no relationship mentions would be lost if it were not a contact.
        self._mentioned = related

    def contacts(self) -> list[dict[str, Any]]:
        return [
            self._contact(person)
            for person in self._people
            if _properties(person).get("is_partial") is not True or str(person.get("uuid")) not in self._mentioned
        ]

    def _contact(self, person: Mapping[str, Any]) -> dict[str, Any]:
        identity, found = str(person.get("uuid")), _properties(person)
        contact: dict[str, Any] = {"uuid": identity}
        for key, value in found.items():
            if key in _FIELDS:
                contact[_FIELDS[key]] = value
            elif key not in _OF_THE_PROGRAM and value not in (False, "false"):
                contact[_DATES.get(key) or _words(key)] = self._meant(key, value)
        for collection in person.get("data") or []:
            if isinstance(collection, dict):
                for value in _values([collection], str(collection.get("type"))):
                    self._add(contact, str(collection["type"]), _properties(value) if isinstance(value, dict) else {})
        if ties := self._ties.get(identity):
            contact["Relationships"] = "\n".join(ties)
        return contact

    def _meant(self, key: str, value: Any) -> Any:
        """A value with what its ids stand for."""
        if key in _DATES:
            return _date(value)
        if key == "first_met_through":
            return self._names.get(str(value)) or value
        return self._types.get(str(value), {}).get("name") or value if key == "gender" else value

    def _add(self, contact: dict[str, Any], kind: str, found: Mapping[str, Any]) -> None:
        """Add one value that stands beside a contact."""
        if kind == "contact_field":
            text, field = str(found.get("data") or ""), self._types.get(str(found.get("type")), {})
            protocol = f"{field.get('protocol') or ''} {field.get('type') or ''} {field.get('name') or ''}".lower()
            if is_email(text):
                contact.setdefault("emails", []).append(text)
            elif "tel" in protocol or "phone" in protocol or (not field and looks_like_phone(text)):
                contact.setdefault("phones", []).append(text)
            else:
                contact.setdefault(str(field.get("name") or "Contact field"), []).append(text)
        elif kind == "note":
            contact["notes"] = "\n\n".join(filter(None, [contact.get("notes"), str(found.get("body") or "").strip()]))
        elif kind == "address":
            contact.setdefault("addresses", []).append({key: value for key, value in found.items() if key != "name"})
        elif kind not in _OF_THE_PROGRAM and (text := "; ".join(_leaves(found))):
            contact.setdefault(_words(kind), []).append(text)


def _values(collections: Any, kind: str) -> Iterator[Mapping[str, Any]]:
    for collection in collections if isinstance(collections, list) else []:
        if (
            isinstance(collection, dict)
            and collection.get("type") == kind
            and isinstance(collection.get("values"), list)
        ):
            yield from (value for value in collection["values"] if isinstance(value, dict))


def _properties(value: Mapping[str, Any]) -> Mapping[str, Any]:
    found = value.get("properties")
    return found if isinstance(found, dict) else value


def _name(found: Mapping[str, Any]) -> str:
    return " ".join(str(found[part]) for part in ("first_name", "middle_name", "last_name") if found.get(part))


def _date(value: Any) -> str:
    """The day of one of Monica's dates; a year that is only an age's, or not known, does not count."""
    found = _properties(value) if isinstance(value, dict) else {}
    text = str(found.get("date") or "")[:10]
    if found.get("is_age_based") is True:
        return f"about {text[:4]}"
    if found.get("is_year_unknown") is True or text.startswith((f"{NO_YEAR}-", f"{LEAP_YEAR - 2000:04}-")):
        return "-" + text[4:]
    return text


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if str(key).lower() not in _OF_THE_PROGRAM:
                yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value not in (None, "", False, True):
        yield str(value)


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()
