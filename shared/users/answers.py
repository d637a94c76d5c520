"""The answers of the API about users, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from shared.models import Answer


class User(Answer):
    """The calling user."""

    id: UUID
    name: str
    email: str | None
    self_contact_id: UUID
    credits: int = Field(ge=0)
    settings: dict[str, bool | int | float | str]
    created_at: datetime
