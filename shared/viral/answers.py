"""The answers of the API about growth, for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.models import Answer
from shared.viral.models import Channel
from shared.viral.parameters import Period


class Invitation(Answer):
    """An invitation by e-mail, and how far the invited person came."""

    id: UUID
    email: str
    code: str
    status: Literal["sent", "opened", "accepted", "activated"]
    created_at: datetime


class InvitationList(Answer):
    """A page of invitations, newest first.

    Attributes:
        link: an invitation to pass on, for people who are not invited by e-mail.
    """

    items: list[Invitation]
    next_cursor: str | None
    link: str


class InvitationRefused(Answer):
    """An address that cannot be invited now: the budget that is spent, and the seconds until it allows a letter again."""

    email: str
    reason: Literal["mailbox_per_day", "mailbox_per_month", "pair_per_month"]
    retry_after_s: int


class InvitationsSent(InvitationList):
    """The latest invitations, and the addresses that could not be invited."""

    refused: list[InvitationRefused]


class InvitationSeen(Answer):
    """An invitation as its recipient sees it."""

    inviter: str
    message: str


class InvitationAccepted(Answer):
    """The invitation by which the caller joined."""

    inviter: str
    channel: Channel
    accepted_at: datetime
    activated_at: datetime | None


class InvitationCounts(Answer):
    """How many people were invited in the window, and how many of them came to each step."""

    sent: int
    opened: int
    accepted: int
    activated: int


class FunnelCounts(Answer):
    """How many introductions were requested in the window, and how many of them came to each step."""

    requested: int
    connector_accepted: int
    introduced: int
    completed: int


class DailyCounts(Answer):
    """The counts of one day in UTC."""

    day: str
    sent: int
    accepted: int
    activated: int
    requested: int
    introduced: int


class Cohort(Answer):
    """The users who became active in a week, and the people they invited; `open` while the counts may still change."""

    week: str
    open: bool
    users: int
    invitations: int
    activated: int
    k_factor: float


class Projection(Answer):
    """The number of active users in future, if each user brings `k_factor` others, one cycle after joining, and nobody else joins.

    Attributes:
        ceiling: the limit of the projection; null where `k_factor` is 1 or more.
        weeks: active users in 1, 2, ... weeks.
    """

    k_factor: float
    cycle_days: float
    ceiling: float | None
    weeks: list[float]


class Everyone(Answer):
    """The same counts for all users together, at most a minute old."""

    invitations: InvitationCounts
    by_channel: dict[Channel, InvitationCounts]
    introductions: dict[str, int]
    funnel: FunnelCounts
    conversion: float | None
    k_factor: float | None
    median_cycle_days: float | None
    active_users: int
    daily: list[DailyCounts]
    projection: Projection | None
    computed_at: datetime


class ViralStats(Answer):
    """Growth: the counts of the user; for operators of the installation also those of everyone, and the weekly cohorts of everyone.

    Attributes:
        cohorts: empty for users who are not operators.
        everyone: null for users who are not operators.
        conversion: activated within 28 days / invited, of the people invited at least 28 days ago.
        k_factor: of the user: people invited at least 28 days ago, times conversion; of everyone: activated people per
            active user of the latest closed cohorts.
    """

    window_days: int
    invitations: InvitationCounts
    by_channel: dict[Channel, InvitationCounts]
    introductions: dict[str, int]
    funnel: FunnelCounts
    conversion: float | None
    k_factor: float | None
    median_cycle_days: float | None
    daily: list[DailyCounts]
    cohorts: list[Cohort]
    everyone: Everyone | None


class Standing(Answer):
    """A row of the leaderboard: one point for each completed introduction and each activated invitation."""

    rank: int
    name: str
    score: int
    introductions: int
    invitations: int
    is_me: bool


class OwnStanding(Answer):
    """The caller's standing, which others see only where the caller said yes with the setting `leaderboard: true` (`shown`).

    The rank is the one among those who are shown.
    """

    rank: int
    name: str
    score: int
    introductions: int
    invitations: int
    is_me: bool
    shown: bool


class Leaderboard(Answer):
    """A page of the leaderboard, highest score first; equal scores share a rank."""

    period: Period
    items: list[Standing]
    own: OwnStanding
    next_cursor: str | None
