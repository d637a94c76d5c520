"""The shapes of what is answered about growth: for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.models import Answer
from shared.viral.models import Channel
from shared.viral.parameters import Period


class Invitation(Answer):
    """Somebody who was invited by e-mail, and how far they came."""

    id: UUID
    email: str
    code: str
    status: Literal["sent", "opened", "accepted", "activated"]
    created_at: datetime


class InvitationList(Answer):
    """A page of invitations, newest first.

    Attributes:
        link: for everybody who is not invited by e-mail.
    """

    items: list[Invitation]
    next_cursor: str | None
    link: str


class InvitationRefused(Answer):
    """Somebody whose mailbox has had enough letters for now: which of its budgets is spent, and for how long."""

    email: str
    reason: Literal["mailbox_per_day", "mailbox_per_month", "pair_per_month"]
    retry_after_s: int


class InvitationsSent(InvitationList):
    """The latest invitations, and who could not be invited."""

    refused: list[InvitationRefused]


class InvitationSeen(Answer):
    """What a code is about, for whoever holds it."""

    inviter: str
    message: str


class InvitationAccepted(Answer):
    """By whose invitation one has come."""

    inviter: str
    channel: Channel
    accepted_at: datetime
    activated_at: datetime | None


class InvitationCounts(Answer):
    """How far those came who were invited in the window."""

    sent: int
    opened: int
    accepted: int
    activated: int


class FunnelCounts(Answer):
    """How many of the introductions asked for in the window came so far."""

    requested: int
    connector_accepted: int
    introduced: int
    completed: int


class DailyCounts(Answer):
    """One day in UTC."""

    day: str
    sent: int
    accepted: int
    activated: int
    requested: int
    introduced: int


class Cohort(Answer):
    """The users who became active in a week, and whom they brought; `open` while that may still change."""

    week: str
    open: bool
    users: int
    invitations: int
    activated: int
    k_factor: float


class Projection(Answer):
    """Active users to come, if every one goes on to bring `k_factor` others in each cycle, and nobody comes by other ways.

    Attributes:
        ceiling: what it never exceeds; null from a K of 1 on.
        weeks: active users in 1, 2, ... weeks.
    """

    k_factor: float
    cycle_days: float
    ceiling: float | None
    weeks: list[float]


class Everyone(Answer):
    """The same figures for all users together, at most a minute old."""

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
    """Growth in figures: the user's own, everyone's, and the weekly cohorts of everyone.

    Attributes:
        conversion: activated within 28 days / invited, of those invited long enough ago to tell.
        k_factor: of the user: invited long enough ago, times conversion; of everyone: activated per active user of the
            latest closed cohorts.
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
    everyone: Everyone


class Standing(Answer):
    """Where somebody stands: one point for each completed introduction and each activated invitation."""

    rank: int
    name: str
    score: int
    introductions: int
    invitations: int
    is_me: bool


class OwnStanding(Answer):
    """Where the caller stands; no rank for who opted out with the setting `leaderboard: false`."""

    rank: int | None
    name: str
    score: int
    introductions: int
    invitations: int
    is_me: bool
    shown: bool


class Leaderboard(Answer):
    """A page of standings, best first; equal scores share a rank."""

    period: Period
    items: list[Standing]
    own: OwnStanding
    next_cursor: str | None
