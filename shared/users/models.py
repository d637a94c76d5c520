"""The shapes of users."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from shared.models import Line, Model, named
from shared.users.repository import MAX_SETTINGS

MAX_SETTING_LENGTH = 500
# Whole numbers that every reader of JSON takes for what they are.
MAX_WHOLE_NUMBER = 2**53


def _told_apart(value: Any) -> Any:
    """A setting that is what it looks like: of several types, each would be tried on it in turn."""
    if isinstance(value, str) and len(value) > MAX_SETTING_LENGTH:
        raise ValueError(f"a text may have {MAX_SETTING_LENGTH} characters, not {len(value):,}")
    if isinstance(value, int) and abs(value) > MAX_WHOLE_NUMBER:
        raise ValueError("a whole number may lie between -2^53 and 2^53")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number has to be finite")
    if isinstance(value, (dict, list)):
        raise ValueError("a setting is a text, a number, true, false or null")  # noqa: TRY004 - pydantic tells this one
    return value


Setting = Annotated[bool | int | float | Line | None, BeforeValidator(_told_apart)]


def _bounded(settings: dict[str, Setting]) -> dict[str, Setting]:
    if len(settings) > MAX_SETTINGS:
        raise ValueError(f"at most {MAX_SETTINGS} settings")
    return settings


class UserUpdate(Model):
    """What a user may change of themselves; settings are merged, null removes one."""

    name: Annotated[Line, AfterValidator(named)] | None = None
    settings: Annotated[dict[Line, Setting], AfterValidator(_bounded)] | None = None
