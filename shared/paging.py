"""Cursors: the place where the next page of a list begins, in a form that callers pass back unread."""

from __future__ import annotations

import base64
import binascii
import json
import math
from datetime import UTC, datetime
from typing import Any

from shared.errors import FieldError, ValidationFailed

# The ranges of the columns behind cursors: bigint, and the safe part of real.
_INT64 = 2**63
_REAL = (1e-30, 1e30)


def encode_cursor(*parts: Any) -> str:
    """Encode a place in a list as a cursor.

    Args:
        *parts: the values of the place, JSON-able or with a text form (UUIDs).
    """
    text = json.dumps(parts, default=str, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> list[Any]:
    """Decode the parts of a cursor.

    Args:
        cursor: the cursor as the caller sent it.
        *kinds: type of each part: str, int, float, UUID or datetime; the last three are read from their text forms, too.

    Returns:
        Values that Postgres accepts: texts without NUL and lone surrogates, whole numbers of 64 bits, numbers that a `real`
        holds, times in UTC.

    Raises:
        ValidationFailed: the cursor is not from a page of this list.
    """
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_of_kind(part, kind) for part, kind in zip(parts, kinds, strict=True)]
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError):
        raise bad_cursor() from None


def bad_cursor(reason: str = "pass the next_cursor of the page before, unchanged") -> ValidationFailed:
    """Build the refusal of a cursor that is not from a page of this list."""
    return ValidationFailed([FieldError("cursor", reason)])


def _of_kind(part: Any, kind: type) -> Any:
    if isinstance(part, bool):
        raise TypeError(part)
    if isinstance(part, str):
        part.encode()  # raises for a lone surrogate
        if "\0" in part:
            raise ValueError(part)
    if kind is datetime:
        return _moment(datetime.fromisoformat(part))
    if kind is float:
        return _real(float(part))
    if isinstance(part, kind):
        if isinstance(part, int) and not -_INT64 <= part < _INT64:
            raise ValueError(part)
        return part
    if isinstance(part, str) and kind is not int:
        return kind(part)
    raise ValueError(part)


def _moment(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC)


def _real(number: float) -> float:
    if number and not (math.isfinite(number) and _REAL[0] <= abs(number) <= _REAL[1]):
        raise ValueError(number)
    return number


def json_page(items: str, next_cursor: str | None, total: int | None = None, **more: Any) -> str:
    """Build the answer of a list around items that are JSON already; `more` stands beside the total."""
    rest: dict[str, Any] = {"next_cursor": next_cursor}
    if total is not None:
        rest |= {"total": total, **more}
    return f'{{"items":{items},{json.dumps(rest)[1:]}'
