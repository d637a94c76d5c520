"""The queries of teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from shared.names import NOBODY, sender_name
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

_FIRST = UUID(int=0)


class InvitationLetter(NamedTuple):
    """The data for the letter of an invitation.

    Attributes:
        address: the invited mailbox.
        team: name of the team.
        inviter: the inviter's name, or their address where the name has no visible characters.
        inviter_email: the address that answers go to.
    """

    address: str
    team: str
    inviter: str
    inviter_email: str | None


def create_team(tx: Session, name: str, now: datetime) -> UUID | None:
    """Create a team with the user as its only member; None where the user is in a team."""
    team_id: UUID | None = tx.value(QUERIES.create_team, name=name, now=now)
    return team_id


def get_team(tx: Session) -> str:
    """Get the user's team, and the invitations to the user that are not answered yet, as JSON."""
    team: str = tx.value(QUERIES.get_team)
    return team


def invite(tx: Session, email: str, most: int, now: datetime) -> tuple[UUID | None, str]:
    """Invite a mailbox to the user's team.

    Returns:
        The id of the invitation, and the outcome: new, known (invited before), none (the user has no team), member or full.
    """
    row = tx.one(QUERIES.invite_to_team, email=email, now=now, most=most)
    assert row is not None
    return row[0], row[1]


def read_invitation(tx: Session, invitation_id: UUID) -> InvitationLetter | None:
    """Read the data for the letter of an invitation by the user; None where it was cancelled or accepted."""
    row = tx.one(QUERIES.read_team_invitation, user_id=tx.user_id, id=invitation_id)
    if row is None:
        return None
    address, team, name, email = row
    return InvitationLetter(address, sender_name(team, "without a name"), sender_name(name, email, NOBODY), email)


def cancel_invitation(tx: Session, invitation_id: UUID) -> bool:
    """Cancel an invitation of the user's team; False where the team has no invitation with this id."""
    return bool(tx.value(QUERIES.cancel_team_invitation, id=invitation_id))


def pass_on(tx: Session, member_id: UUID) -> str:
    """Make another member the owner of the user's team; the outcome is passed, unknown or refused (the user is not the owner)."""
    outcome: str = tx.value(QUERIES.pass_team_on, member_id=member_id)
    return outcome


def join(tx: Session, invitation_id: UUID, now: datetime) -> str:
    """Join a team by an invitation to the user's mailbox; the outcome is joined, unknown or member (of a team already)."""
    outcome: str = tx.value(QUERIES.join_team, id=invitation_id, now=now)
    return outcome


def share_ties(tx: Session, *, ties: bool, seen_ties: bool | None, strengths: bool | None) -> tuple[bool, bool] | None:
    """Set what colleagues find paths over.

    Returns:
        Whether computed ties between others are shared, and whether strengths are; None where the user is not in a team.
    """
    row = tx.one(QUERIES.share_ties, user_id=tx.user_id, ties=ties, seen_ties=seen_ties, strengths=strengths)
    return None if row is None else (row[0], row[1])


def remove_member(tx: Session, member_id: UUID) -> str:
    """Remove a member from the user's team; the outcome is gone, unknown or refused."""
    outcome: str = tx.value(QUERIES.remove_from_team, member_id=member_id)
    return outcome


def is_contact(tx: Session, contact_id: UUID) -> bool:
    """Whether the user has a contact with this id, the self contact excluded."""
    return bool(tx.value(QUERIES.is_contact, user_id=tx.user_id, contact_id=contact_id))


def hide_contact(tx: Session, contact_id: UUID, now: datetime) -> None:
    """Hide a contact from colleagues."""
    tx.run(QUERIES.hide_contact, user_id=tx.user_id, contact_id=contact_id, now=now)


def hide_contacts(tx: Session, ids: Sequence[UUID], now: datetime) -> int:
    """Hide contacts from colleagues; how many were not hidden before."""
    return tx.run(QUERIES.hide_contacts, user_id=tx.user_id, ids=list(ids), now=now)


def show_contact(tx: Session, contact_id: UUID) -> None:
    """Show a hidden contact to colleagues again."""
    tx.run(QUERIES.show_contact, user_id=tx.user_id, contact_id=contact_id)


def list_hidden(tx: Session, after: UUID | None, limit: int) -> tuple[str, UUID | None]:
    """A page of hidden contacts as a JSON array, and the last id where more follow."""
    row = tx.one(QUERIES.list_hidden, user_id=tx.user_id, after=after or _FIRST, limit=limit)
    assert row is not None
    items, last, more = row
    return items, last if more else None
