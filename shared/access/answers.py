"""The answers of the API about access, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
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


class Program(Answer):
    """A program as it describes itself: `host` is where it publishes that; null where nobody vouches for its name."""

    name: str
    host: str | None


class AuthorizationRequestSeen(Answer):
    """What a program asks for. `returns_to` is the host or scheme that it goes on at; null for a device, which waits elsewhere."""

    client: Program
    returns_to: str | None
    on_this_machine: bool
    scopes: list[Scope]
    resource: Literal["mcp", "api"]
    device: bool


class Approved(Answer):
    """Where the browser goes on; null for a device, which asks by itself."""

    redirect_to: str | None


class Grant(Answer):
    """A program that was let in: for the MCP server (`mcp`) or the API. `last_used_at` is kept to ten minutes."""

    id: UUID
    name: str
    host: str
    resource: Literal["mcp", "api"]
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None


class GrantList(Answer):
    """The programs that the user has let in, the newest first."""

    items: list[Grant]
