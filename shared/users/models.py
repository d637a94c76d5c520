"""The requests of users."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from shared.models import Line, Model, own_name
from shared.users.repository import MAX_SETTINGS

MAX_SETTING_LENGTH = 500
# Larger whole numbers lose digits in readers that store every number as a 64-bit float.
MAX_WHOLE_NUMBER = 2**53


def _checked_setting(value: Any) -> Any:
    """Check a setting before pydantic tries each type in turn, which would report one error for each type."""
    if isinstance(value, str) and len(value) > MAX_SETTING_LENGTH:
        raise ValueError(f"a text may have at most {MAX_SETTING_LENGTH} characters, not {len(value):,}")
    if isinstance(value, int) and abs(value) > MAX_WHOLE_NUMBER:
        raise ValueError("a whole number must lie between -2^53 and 2^53")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number must be finite")
    if isinstance(value, (dict, list)):
        raise ValueError("a setting must be a text, a number, true, false or null")  # noqa: TRY004 - pydantic reports ValueError
    return value


Setting = Annotated[bool | int | float | Line | None, BeforeValidator(_checked_setting)]


# The settings of the letter about the day, and what each may be.
_DIGEST = {"digest": ("off", "daily", "weekly"), "digest_hour": range(24), "digest_weekday": range(1, 8)}


def _bounded(settings: dict[str, Setting]) -> dict[str, Setting]:
    for name, allowed in _DIGEST.items():
        value = settings.get(name)
        if value is not None and (isinstance(value, (bool, float)) or value not in allowed):
            words = f"{allowed[0]} to {allowed[-1]}" if isinstance(allowed, range) else ", ".join(map(str, allowed))
            raise ValueError(f"{name} must be one of {words}")
    if len(settings) > MAX_SETTINGS:
        raise ValueError(f"must be at most {MAX_SETTINGS} settings, not {len(settings):,}")
    return settings


class UserUpdate(Model):
    """The changes that a user may make to themselves. Settings are merged; null removes one."""

    name: Annotated[Line, AfterValidator(own_name)] | None = None
    settings: Annotated[dict[Line, Setting], AfterValidator(_bounded)] | None = None
