"""The filters of the list of contacts in a JSON body: the same names, rules and errors as in its query string."""

from __future__ import annotations

from typing import Any

from shared.contacts.parameters import ContactFilters
from shared.errors import FieldError, ValidationFailed, quoted
from shared.parameters import Page, Parameter

_DECLARED = {name: parameter for name, parameter in ContactFilters.declared.items() if name not in Page.declared}


def _schema(parameter: Parameter) -> dict[str, Any]:
    if parameter.keyed:
        return {"type": "object", "additionalProperties": parameter.schema, "maxProperties": parameter.most}
    if parameter.many:
        return {"anyOf": [parameter.schema, parameter.schema["items"]]}
    return parameter.schema


FILTER_SCHEMA: dict[str, Any] = {
    "additionalProperties": False,
    "properties": {parameter.name or name: _schema(parameter) for name, parameter in _DECLARED.items()},
}


def read_filter(given: dict[str, Any]) -> ContactFilters:
    """Read filters from JSON.

    Raises:
        ValidationFailed: names every filter at fault, as `filter.NAME`.
    """
    faults = [FieldError(f"filter.{name}", "is not a filter") for name in given if name in Page.declared]
    texts: dict[str, list[str]] = {}
    for name, value in given.items():
        parameter = _DECLARED.get(name)
        if parameter is not None and parameter.keyed:
            if not isinstance(value, dict):
                faults.append(FieldError(f"filter.{name}", f"is an object of texts, not {quoted(value)}"))
                continue
            items = {f"{name}.{key}": part for key, part in value.items()}
        else:
            items = {name: value}
        for written, part in items.items():
            read = [_text(one) for one in (part if isinstance(part, list) else [part])]
            if parameter is not None and (None in read or (isinstance(part, list) and not parameter.many)):
                faults.append(FieldError(f"filter.{written}", f"cannot be {quoted(part)}"))
            else:
                texts[written] = [text for text in read if text is not None]
    try:
        filters = ContactFilters.parse(texts)
    except ValidationFailed as error:
        faults += [FieldError(f"filter.{fault.field}", fault.message) for fault in error.errors]
    if faults:
        raise ValidationFailed(faults)
    return filters


def _text(value: Any) -> str | None:
    """A value of JSON as a query string has it; None where it has no such value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None
