"""Cursors: where the next page of a list begins, in a form that callers pass back unread."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from shared.errors import FieldError, ValidationFailed


def encode_cursor(*parts: Any) -> str:
    """A cursor for a place in a list.

    Args:
        *parts: what the place is, JSON-able or with a text form (UUIDs).
    """
    text = json.dumps(parts, default=str, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> list[Any]:
    """The parts of a cursor.

    Args:
        cursor: as it came back from the caller.
        *kinds: type of each part; a UUID is made of its text form.

    Raises:
        ValidationFailed: it is none of this list's.
    """
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_of_kind(part, kind) for part, kind in zip(parts, kinds, strict=True)]
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise ValidationFailed([FieldError("cursor", "pass the next_cursor of the page before, unchanged")]) from None


def _of_kind(part: Any, kind: type) -> Any:
    if isinstance(part, kind) and not isinstance(part, bool):
        if isinstance(part, str) and "\0" in part:
            raise ValueError(part)
        return part
    if isinstance(part, str) and kind not in {int, float}:
        return kind(part)
    if isinstance(part, int) and kind is float:
        return float(part)
    raise ValueError(part)


def json_page(items: str, next_cursor: str | None, total: int | None = None) -> str:
    """The answer of a list, around items that are JSON already."""
    rest: dict[str, Any] = {"next_cursor": next_cursor}
    if total is not None:
        rest["total"] = total
    return f'{{"items":{items},{json.dumps(rest)[1:]}'
