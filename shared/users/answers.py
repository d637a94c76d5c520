"""The answers of the API about users, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from shared.models import Answer


class LettersLeft(Answer):
    """How many letters to strangers the user may send in 24 hours, over all kinds; null without a limit.

    `asks` are the introductions among them. `more_at` is the time from which there is one more, where none is left.
    """

    per_day: int | None
    left: int | None
    asks_per_day: int | None
    asks_left: int | None
    more_at: datetime | None


class User(Answer):
    """The calling user."""

    id: UUID
    name: str
    email: str | None
    self_contact_id: UUID
    credits: int = Field(ge=0)
    settings: dict[str, bool | int | float | str]
    letters: LettersLeft
    created_at: datetime


class AuditEntry(Answer):
    """An act: `act` is `sign_in` or the name of the operation, `actor` is `user`, `system` or a program that the user has let in."""

    at: datetime
    act: str
    actor: str
    operation_id: UUID | None
    details: dict[str, object]


class AuditList(Answer):
    """A page of the audit log, newest first."""

    items: list[AuditEntry]
    next_cursor: str | None
