"""Reduce contacts in JSON text to some of their fields."""

from __future__ import annotations

import json


def trimmed(document: str | bytes, fields: str | None) -> str | bytes:
    """A contact with only some of its fields.

    Args:
        document: JSON object of a contact.
        fields: their names separated by commas; None for all.
    """
    if fields is None:
        return document
    contact = json.loads(document)
    return json.dumps({name: contact[name] for name in _names(fields)}, ensure_ascii=False)


def trimmed_items(items: str, fields: str | None, also: tuple[str, ...] = ()) -> str:
    """An array of contacts with only some of their fields.

    Args:
        items: JSON array of contacts.
        fields: their names, separated by commas; None for all.
        also: the names of further fields that every item keeps.
    """
    if fields is None:
        return items
    names = (*_names(fields), *also)
    return json.dumps([{name: item[name] for name in names} for item in json.loads(items)], ensure_ascii=False)


def _names(fields: str) -> list[str]:
    return [name.strip() for name in fields.split(",")]
