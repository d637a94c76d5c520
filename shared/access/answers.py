"""The answers of the API about access, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.access.scopes import Scope
from shared.models import Answer


class PersonalToken(Answer):
    """A personal token without its text: `ending` is its last characters, `last_used_at` is kept to ten minutes."""

    id: UUID
    name: str
    ending: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class NewPersonalToken(PersonalToken):
    """A new personal token; `token` is its text, which is shown this once."""

    token: str


class PersonalTokenList(Answer):
    """The personal tokens of the user, the newest first; those that have expired stay until they are deleted, for 30 days."""

    items: list[PersonalToken]


class ProgramCalls(Answer):
    """What a program did in an hour: `act` is an operation of this document or a tool, `target` the id that it was about."""

    program_id: UUID
    program: str
    act: str
    target: str | None
    succeeded: bool
    times: int
    first_at: datetime
    last_at: datetime


class ProgramCallList(Answer):
    """A page of what programs did, newest first; kept for 90 days."""

    items: list[ProgramCalls]
    next_cursor: str | None
