"""The answers about circles, as models for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.models import Answer


class Circle(Answer):
    """A circle. `members` counts its contacts; in a list it is null where a filter finds them."""

    id: UUID
    name: str
    colour: str | None
    filter: dict[str, Any] | None
    every_days: int | None
    members: int | None
    created_at: datetime
    updated_at: datetime


class CircleList(Answer):
    """All circles, by name."""

    items: list[Circle]


class MembersChanged(Answer):
    """How many contacts came and left."""

    added: int
    removed: int
