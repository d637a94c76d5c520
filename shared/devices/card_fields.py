"""The fields of a contact as cards say them, and their merge by three values: what a device had seen, what it says, what is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shared.contacts.fields import edited

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCALARS = edited("name", "line", "text", "profile", "day")
LISTS = edited("emails", "lines")
FIELDS = (*SCALARS, *LISTS, "custom")


def key_of(item: str) -> str:
    """By what two entries of a list are the same: an address without case, a phone number without blanks and marks."""
    item = item.strip().lower()
    return item if "@" in item else re.sub(r"[\s()/.-]", "", item)


def primary_of(fields: Mapping[str, Any]) -> str:
    """The first address; that of the list where another contact holds it as its own."""
    return (fields.get("email") or next(iter(fields.get("emails") or ()), "")).lower()


def differs(one: Any, other: Any) -> bool:
    """Whether two values of a field are not the same; the order of a list does not count."""
    if isinstance(one, list) or isinstance(other, list):
        return {key_of(item) for item in one or []} != {key_of(item) for item in other or []}
    return (one or None) != (other or None)


def merged(
    base: Mapping[str, Any], there: Mapping[str, Any], said: Mapping[str, Any], *, is_stale: bool = False
) -> dict[str, Any]:
    """What is there, with what a device changed of its base; of a field that both changed, the device's value.

    Args:
        base: the fields as the device had seen them.
        there: the contact as it is now.
        said: the fields of the device's card.
        is_stale: the device had not seen the contact as it is: a custom field that its card lacks was not removed by it.
    """
    result = dict(there)
    for name in SCALARS:
        if differs(said.get(name), base.get(name)):
            result[name] = said.get(name)
    for name in LISTS:
        result[name] = merged_items(base.get(name) or [], there.get(name) or [], said.get(name) or [])
    result["custom"] = _merged_custom(base, there, said, is_stale=is_stale)
    changed = primary_of(said) != primary_of(base)
    first = primary_of(said) if changed else (there.get("email") or "").lower()
    _put_first(result, first)
    result["name"] = result.get("name") or ""
    return result


def _put_first(fields: dict[str, Any], first: str) -> None:
    emails = fields["emails"]
    email = next((item for item in emails if item.lower() == first), None)
    if email is None and emails and not (first == "" and fields.get("email") is None):
        email = emails[0]
    fields["email"] = email
    if email is not None:
        fields["emails"] = [email, *(item for item in emails if item.lower() != email.lower())]


def _merged_custom(
    base: Mapping[str, Any], there: Mapping[str, Any], said: Mapping[str, Any], *, is_stale: bool
) -> dict[str, str]:
    custom = dict(there.get("custom") or {})
    before, after = base.get("custom") or {}, said.get("custom") or {}
    if not is_stale:
        for key, value in before.items():
            if key not in after and custom.get(key) == value:
                del custom[key]
    return custom | {key: value for key, value in after.items() if before.get(key) != value}


def merged_items(base: Iterable[str], there: Iterable[str], said: Iterable[str]) -> list[str]:
    """The entries that are there, without those that the device removed, with those that it added."""
    had, has = set(map(key_of, base)), {key_of(item) for item in said}
    kept = [item for item in there if key_of(item) not in had or key_of(item) in has]
    present = set(map(key_of, kept))
    return kept + [item for item in said if key_of(item) not in had | present]


def in_common(base: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The base of a card that removes nothing: without the entries, and the values, that the card lacks."""
    result = {name: value if said.get(name) else None for name, value in base.items()}
    for name in LISTS:
        has = {key_of(item) for item in said.get(name) or []}
        result[name] = [item for item in base.get(name) or [] if key_of(item) in has]
    return result | {"custom": base.get("custom") or {}}


def filled(there: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A contact whose blanks a card fills; nothing of it is overwritten."""
    result = dict(there)
    for name in SCALARS:
        result[name] = there.get(name) or said.get(name)
    for name in LISTS:
        result[name] = merged_items([], there.get(name) or [], said.get(name) or [])
    result["custom"] = said["custom"] | there["custom"]
    result["email"] = there.get("email") or said.get("email")
    return result
