"""The shapes of users."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from shared.models import Answer, Line, Model

MAX_SETTINGS = 50
Setting = bool | int | float | Line | None


def _bounded(settings: dict[str, Setting]) -> dict[str, Setting]:
    if len(settings) > MAX_SETTINGS:
        raise ValueError(f"at most {MAX_SETTINGS} settings")
    return settings


class User(Answer):
    """The calling user."""

    id: UUID
    name: str
    email: str | None
    self_contact_id: UUID
    credits: int = Field(ge=0)
    settings: dict[str, bool | int | float | str]
    created_at: datetime


class UserUpdate(Model):
    """What a user may change of themselves; settings are merged, null removes one."""

    name: Line | None = None
    settings: Annotated[dict[Line, Setting], AfterValidator(_bounded)] | None = None
