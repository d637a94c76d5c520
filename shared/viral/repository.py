"""The SQL side of growth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.names import NOBODY, visible_name
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

# A page begins behind the latest invitation that there can be.
_LATEST = ("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff")


class InvitationLetter(NamedTuple):
    """What an e-mail of an invitation says.

    Attributes:
        address: who is invited.
        code: of the link.
        message: the inviter's words; may be empty.
        inviter: their name, or their address where it shows nothing.
        inviter_email: where an answer goes.
    """

    address: str
    code: str
    message: str
    inviter: str
    inviter_email: str | None


class Reward(NamedTuple):
    """What an activation has led to.

    Attributes:
        inviter_id: who brought the joiner; None where they are gone.
        join_id: which joining it was.
        rewarded: whether the inviter got credits as well.
    """

    inviter_id: UUID | None
    join_id: UUID
    rewarded: bool


def create_invitations(
    tx: Session, emails: list[str], codes: list[str], message: str, now: datetime
) -> list[tuple[UUID, str]]:
    """Invites the mailboxes among these that the user has not invited before: their ids and addresses."""
    rows = tx.many(QUERIES.create_invitations, user_id=tx.user_id, emails=emails, codes=codes, message=message, now=now)
    return [(row[0], row[1]) for row in rows]


def list_not_invited(tx: Session, emails: list[str]) -> list[str]:
    """Of some addresses those whose mailboxes the user has not invited yet, each mailbox once."""
    return [row[0] for row in tx.many(QUERIES.list_not_invited, emails=emails)]


def list_invitations(
    tx: Session, after: tuple[Any, Any] | None, limit: int
) -> tuple[str, tuple[datetime, UUID] | None]:
    """A page of the user's invitations as a JSON array, and where it ended when there are more."""
    before, before_id = after or _LATEST
    row = tx.one(QUERIES.list_invitations, user_id=tx.user_id, before=before, before_id=before_id, limit=limit)
    assert row is not None
    items, sent_at, invitation_id, more = row
    return items, (sent_at, invitation_id) if more else None


def find_link(tx: Session, channel: str) -> str | None:
    """The code of the user's link of a kind; None where there is none yet."""
    code: str | None = tx.value(QUERIES.find_link, user_id=tx.user_id, channel=channel)
    return code


def create_link(tx: Session, channel: str, code: str, now: datetime) -> None:
    """Gives the user a link of a kind, unless there is one."""
    tx.value(QUERIES.create_link, user_id=tx.user_id, channel=channel, code=code, now=now)


def read_invitation(tx: Session, invitation_id: UUID) -> InvitationLetter | None:
    """What the e-mail of an invitation says."""
    row = tx.one(QUERIES.read_invitation, user_id=tx.user_id, id=invitation_id)
    if row is None:
        return None
    address, code, message, name, email = row
    return InvitationLetter(address, code, message, visible_name(name, email, NOBODY), email)


def find_invitation(tx: Session, code: str) -> tuple[str, str] | None:
    """Whose invitation a code is, and what they wrote."""
    row = tx.one(QUERIES.find_invitation, code=code)
    return None if row is None else (visible_name(row[0], NOBODY), row[1])


def open_invitation(tx: Session, code: str, now: datetime) -> bool:
    """Counts that an invitation was opened; false where there is none of this code."""
    return bool(tx.value(QUERIES.open_invitation, code=code, now=now))


def accept_invitation(tx: Session, code: str, now: datetime) -> str:
    """Joins by a code; see `crm.accept_invitation` for what it says."""
    outcome: str = tx.value(QUERIES.accept_invitation, user_id=tx.user_id, code=code, now=now)
    return outcome


def find_own_join(tx: Session) -> str | None:
    """By whose invitation the user came, as JSON."""
    document: str | None = tx.value(QUERIES.find_own_join, user_id=tx.user_id)
    return document


def reward_join(tx: Session, joiner: UUID, *, credits_each: int, most_rewards: int, now: datetime) -> Reward | None:
    """Gives both sides their credits, once; None where it was done before, or there is no reason to."""
    row = tx.one(QUERIES.reward_join, joiner=joiner, credits=credits_each, most_rewards=most_rewards, now=now)
    return None if row is None else Reward(*row)


def add_points(tx: Session, user_ids: list[UUID], kind: str, subject: str, now: datetime) -> None:
    """Gives each user a point for a thing, once."""
    tx.value(QUERIES.add_points, user_ids=user_ids, kind=kind, subject=subject, now=now)


def score_introduction(tx: Session, introduction_id: UUID, now: datetime) -> None:
    """Gives the points for a completed introduction."""
    tx.value(QUERIES.score_introduction, introduction_id=introduction_id, now=now)


def note_all_activity(tx: Session, now: datetime, most: int) -> int:
    """Finds activity that nothing has noticed; how many joiners became active."""
    return int(tx.value(QUERIES.note_all_activity, now=now, most=most))


def slide_leaderboard(tx: Session, now: datetime) -> int:
    """Takes the points of days that have passed out of the periods; how many standings changed."""
    return int(tx.value(QUERIES.slide_leaderboard, now=now))


def rebuild_leaderboard(tx: Session, now: datetime) -> int:
    """Makes all standings anew; how many there are."""
    return int(tx.value(QUERIES.rebuild_leaderboard, now=now))


def leaderboard_page(
    tx: Session, period: str, after: tuple[int, UUID] | None, limit: int
) -> tuple[str, str, tuple[int, UUID] | None]:
    """A page of standings and the user's own, as JSON, and where the page ended when there are more."""
    score, tie = after or (None, None)
    row = tx.one(QUERIES.leaderboard_page, period=period, after_score=score, after_tie=tie, limit=limit)
    assert row is not None
    items, own, last_score, last_tie, more = row
    return items, own, (last_score, last_tie) if more else None


def own_figures(tx: Session, since: datetime, now: datetime) -> dict[str, Any]:
    """The growth that the user causes."""
    figures: dict[str, Any] = json.loads(tx.value(QUERIES.own_figures, user_id=tx.user_id, since=since, now=now))
    return figures


def everyones_figures(tx: Session, days: int, now: datetime) -> dict[str, Any]:
    """The growth of everyone, with cohorts."""
    figures: dict[str, Any] = json.loads(tx.value(QUERIES.everyones_figures, days=days, now=now))
    return figures
