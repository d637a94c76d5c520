"""Check the arguments of a tool against its schema, of which few words of JSON Schema are used."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from shared.errors import FieldError, ValidationFailed, quoted

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "array": (list,),
}  # fmt: skip


def checked(given: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call.

    Raises:
        ValidationFailed: they do not fit; each message says what is right, so that a model can correct itself.
    """
    if not isinstance(given, dict):
        raise ValidationFailed([FieldError("arguments", "must be an object")])
    properties = schema["properties"]
    faults = [FieldError(name, "is needed") for name in schema.get("required", ()) if name not in given]
    for name, value in given.items():
        if name not in properties:
            told = f"is not an argument; the arguments are {', '.join(properties) or 'none'}"
            faults.append(FieldError(name[:100], told))
        elif fault := _fault(value, properties[name]):
            faults.append(FieldError(name, fault))
    if faults:
        raise ValidationFailed(faults)
    return given


def _fault(value: Any, schema: dict[str, Any]) -> str:
    kind = schema["type"]
    if not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return f"must be {'an' if kind[0] in 'ai' else 'a'} {kind}, not {quoted(value)}"
    if "enum" in schema and value not in schema["enum"]:
        return f"must be one of {', '.join(schema['enum'])}, not {quoted(value)}"
    if isinstance(value, str):
        return _text_fault(value, schema)
    if isinstance(value, list):
        return _list_fault(value, schema)
    if kind != "boolean" and not schema["minimum"] <= value <= schema["maximum"]:
        return f"must be between {schema['minimum']} and {schema['maximum']}, not {value}"
    return ""


def _list_fault(value: list[Any], schema: dict[str, Any]) -> str:
    if not schema.get("minItems", 0) <= len(value) <= schema["maxItems"]:
        return f"may have {schema.get('minItems', 0)} to {schema['maxItems']} entries, not {len(value)}"
    return next((fault for item in value if (fault := _fault(item, schema["items"]))), "")


def _text_fault(value: str, schema: dict[str, Any]) -> str:
    if not schema.get("minLength", 0) <= len(value) <= schema["maxLength"]:
        return f"may have {schema.get('minLength', 0)} to {schema['maxLength']} characters, not {len(value)}"
    if "\0" in value or value.encode("utf-8", "replace").decode() != value:
        return "cannot hold the character NUL or half a character"
    if schema.get("format") == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"{quoted(value)} is not a day like 2026-11-30"
    if schema.get("format") == "date-time":
        try:
            if datetime.fromisoformat(value).tzinfo is not None:
                return ""
        except ValueError:
            pass
        return f"{quoted(value)} is not a time like 2026-11-30T09:00:00Z"
    return ""
