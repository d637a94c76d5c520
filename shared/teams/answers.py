"""The shapes of what is answered about teams: for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.models import Answer


class TeamMember(Answer):
    """A colleague, or oneself."""

    id: UUID
    name: str
    email: str | None
    shares_ties: bool
    joined_at: datetime
    is_me: bool


class SentTeamInvitation(Answer):
    """An invitation that waits for an answer."""

    id: UUID
    email: str
    sent_at: datetime


class ReceivedTeamInvitation(Answer):
    """An invitation to oneself."""

    id: UUID
    team: str
    inviter: str
    sent_at: datetime


class Team(Answer):
    """A team: `shares_ties` is what oneself shares; who has been there longest stands first."""

    id: UUID
    name: str
    shares_ties: bool
    created_at: datetime
    members: list[TeamMember]
    invitations: list[SentTeamInvitation]


class TeamStatus(Answer):
    """The team one is in, if any, and the invitations that wait for oneself."""

    team: Team | None
    invitations: list[ReceivedTeamInvitation]


class SharingStatus(Answer):
    """What colleagues may use."""

    ties: bool


class HiddenContact(Answer):
    """A contact that colleagues find no path through or to."""

    id: UUID
    name: str
    company: str | None
    title: str | None
    hidden_at: datetime


class HiddenContacts(Answer):
    """A page of hidden contacts, in the order of their ids."""

    items: list[HiddenContact]
    next_cursor: str | None
