"""The queries of growth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.names import NOBODY, sender_name
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

# The first page begins before the latest invitation that can exist.
_LATEST = ("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff")


class InvitationLetter(NamedTuple):
    """The data for the letter of an invitation.

    Attributes:
        address: the invited mailbox.
        code: of the link.
        message: the inviter's words; may be empty.
        inviter: the inviter's name, or their address where the name has no visible characters.
        inviter_email: the address that answers go to.
    """

    address: str
    code: str
    message: str
    inviter: str
    inviter_email: str | None


class Reward(NamedTuple):
    """The reward for an activation.

    Attributes:
        inviter_id: the user who invited the joiner; None where that user was erased.
        join_id: of the join.
        rewarded: whether the inviter got credits as well.
    """

    inviter_id: UUID | None
    join_id: UUID
    rewarded: bool


def create_invitations(
    tx: Session, emails: list[str], codes: list[str], message: str, now: datetime
) -> list[tuple[UUID, str]]:
    """Add an invitation for each mailbox that the user has not invited before; return their ids and addresses."""
    rows = tx.many(QUERIES.create_invitations, user_id=tx.user_id, emails=emails, codes=codes, message=message, now=now)
    return [(row[0], row[1]) for row in rows]


def list_not_invited(tx: Session, emails: list[str]) -> list[str]:
    """List the addresses among these whose mailboxes the user has not invited yet, each mailbox once."""
    return [row[0] for row in tx.many(QUERIES.list_not_invited, emails=emails)]


def list_invitations(
    tx: Session, after: tuple[Any, Any] | None, limit: int
) -> tuple[str, tuple[datetime, UUID] | None]:
    """A page of the user's invitations as a JSON array, and the place of the last one where more follow."""
    before, before_id = after or _LATEST
    row = tx.one(QUERIES.list_invitations, user_id=tx.user_id, before=before, before_id=before_id, limit=limit)
    assert row is not None
    items, sent_at, invitation_id, more = row
    return items, (sent_at, invitation_id) if more else None


def find_link(tx: Session, channel: str) -> str | None:
    """Find the code of the user's link for a channel; None where the user has none yet."""
    code: str | None = tx.value(QUERIES.find_link, user_id=tx.user_id, channel=channel)
    return code


def create_link(tx: Session, channel: str, code: str, now: datetime) -> None:
    """Create the user's link for a channel, unless the user has one."""
    tx.value(QUERIES.create_link, user_id=tx.user_id, channel=channel, code=code, now=now)


def read_invitation(tx: Session, invitation_id: UUID) -> InvitationLetter | None:
    """Read the data for the letter of an invitation; None where the invitation no longer exists."""
    row = tx.one(QUERIES.read_invitation, user_id=tx.user_id, id=invitation_id)
    if row is None:
        return None
    address, code, message, name, email = row
    return InvitationLetter(address, code, message, sender_name(name, email, NOBODY), email)


def find_invitation(tx: Session, code: str) -> tuple[str, str] | None:
    """Find the inviter's name and message by the code of an invitation."""
    row = tx.one(QUERIES.find_invitation, code=code)
    return None if row is None else (sender_name(row[0], NOBODY), row[1])


def open_invitation(tx: Session, code: str, now: datetime) -> bool:
    """Record that an invitation was opened; False where no invitation has this code."""
    return bool(tx.value(QUERIES.open_invitation, code=code, now=now))


def accept_invitation(tx: Session, code: str, now: datetime) -> str:
    """Join by a code; for the outcomes see `crm.accept_invitation`."""
    outcome: str = tx.value(QUERIES.accept_invitation, user_id=tx.user_id, code=code, now=now)
    return outcome


def find_join(tx: Session) -> str | None:
    """Find the invitation by which the user joined, as JSON."""
    document: str | None = tx.value(QUERIES.find_join, user_id=tx.user_id)
    return document


def reward_join(tx: Session, joiner: UUID, *, credits_each: int, most_rewards: int, now: datetime) -> Reward | None:
    """Give the joiner and the inviter their credits, once; None where they were given before or none are due."""
    row = tx.one(QUERIES.reward_join, joiner=joiner, credits=credits_each, most_rewards=most_rewards, now=now)
    return None if row is None else Reward(*row)


def add_points(tx: Session, user_ids: list[UUID], kind: str, subject: str, now: datetime) -> None:
    """Give each user one point of a kind for a subject; repeating it changes nothing."""
    tx.value(QUERIES.add_points, user_ids=user_ids, kind=kind, subject=subject, now=now)


def score_introduction(tx: Session, introduction_id: UUID, now: datetime) -> None:
    """Give the points for a completed introduction."""
    tx.value(QUERIES.score_introduction, introduction_id=introduction_id, now=now)


def note_all_activity(tx: Session, now: datetime, most: int) -> int:
    """Activate the joiners whose activity no trigger has seen; return how many became active."""
    return int(tx.value(QUERIES.note_all_activity, now=now, most=most))


def slide_leaderboard(tx: Session, now: datetime) -> int:
    """Remove the points of days that have left a period from the leaderboard; return how many rows changed."""
    return int(tx.value(QUERIES.slide_leaderboard, now=now))


def rebuild_leaderboard(tx: Session, now: datetime) -> int:
    """Compute all rows of the leaderboard again; return how many there are."""
    return int(tx.value(QUERIES.rebuild_leaderboard, now=now))


def leaderboard_page(
    tx: Session, period: str, after: tuple[int, UUID] | None, limit: int
) -> tuple[str, str, tuple[int, UUID] | None]:
    """A page of the leaderboard and the user's row, as JSON, and the place of the last row where more follow."""
    score, tiebreak = after or (None, None)
    row = tx.one(QUERIES.leaderboard_page, period=period, after_score=score, after_tiebreak=tiebreak, limit=limit)
    assert row is not None
    items, user_row, last_score, last_tiebreak, more = row
    return items, user_row, (last_score, last_tiebreak) if more else None


def user_counts(tx: Session, since: datetime, now: datetime) -> dict[str, Any]:
    """Count the growth that the user causes."""
    counts: dict[str, Any] = json.loads(tx.value(QUERIES.user_counts, user_id=tx.user_id, since=since, now=now))
    return counts


def is_operator(tx: Session, addresses: list[str]) -> bool:
    """Return whether the caller's verified address, or its domain written as `@domain`, is among some in lower case."""
    return bool(tx.value(QUERIES.is_operator, user_id=tx.user_id, addresses=addresses))


def everyones_counts(tx: Session, days: int, now: datetime) -> dict[str, Any]:
    """Count the growth of everyone, with cohorts."""
    counts: dict[str, Any] = json.loads(tx.value(QUERIES.everyones_counts, days=days, now=now))
    return counts
