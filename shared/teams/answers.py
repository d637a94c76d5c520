"""The answers of the API about teams, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.models import Answer


class TeamMember(Answer):
    """A member of the team; `is_me` marks the caller. The owner may remove others and pass the team on."""

    id: UUID
    name: str
    email: str | None
    shares_ties: bool
    joined_at: datetime
    is_me: bool
    role: Literal["owner", "member"]


class SentTeamInvitation(Answer):
    """An invitation to the caller's team that is not answered yet."""

    id: UUID
    email: str
    sent_at: datetime


class ReceivedTeamInvitation(Answer):
    """An invitation to the caller."""

    id: UUID
    team: str
    inviter: str
    sent_at: datetime


class Team(Answer):
    """A team. `shares_ties`, `shares_seen_ties` and `shares_strengths` are the caller's choice; the member who joined first stands first."""

    id: UUID
    name: str
    shares_ties: bool
    shares_seen_ties: bool
    shares_strengths: bool
    created_at: datetime
    members: list[TeamMember]
    invitations: list[SentTeamInvitation]


class TeamStatus(Answer):
    """The caller's team, if any, and the invitations to the caller that are not answered yet."""

    team: Team | None
    invitations: list[ReceivedTeamInvitation]


class SharingStatus(Answer):
    """Whether colleagues find paths through the caller's contacts.

    Answered to a request that sets them: `seen_ties`, and over ties between others that the caller's own mail shows; `strengths`, whether
    they see how strong the ties are.
    """

    ties: bool
    seen_ties: bool | None = None
    strengths: bool | None = None


class HiddenContact(Answer):
    """A contact through which, and to which, colleagues find no path."""

    id: UUID
    name: str
    company: str | None
    title: str | None
    hidden_at: datetime


class HiddenContacts(Answer):
    """A page of hidden contacts, in the order of their ids."""

    items: list[HiddenContact]
    next_cursor: str | None
