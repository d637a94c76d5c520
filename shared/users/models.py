"""The shapes of users."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from shared.models import Line, Model

MAX_SETTINGS = 50
Setting = bool | int | float | Line | None


def _bounded(settings: dict[str, Setting]) -> dict[str, Setting]:
    if len(settings) > MAX_SETTINGS:
        raise ValueError(f"at most {MAX_SETTINGS} settings")
    return settings


class UserUpdate(Model):
    """What a user may change of themselves; settings are merged, null removes one."""

    name: Line | None = None
    settings: Annotated[dict[Line, Setting], AfterValidator(_bounded)] | None = None
