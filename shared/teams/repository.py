"""The SQL side of teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from shared.names import NOBODY, visible_name
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from datetime import datetime

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

_FIRST = UUID(int=0)


class InvitationLetter(NamedTuple):
    """What an e-mail of an invitation says.

    Attributes:
        address: who is invited.
        team: its name.
        inviter: their name, or their address where it shows nothing.
        inviter_email: where an answer goes.
    """

    address: str
    team: str
    inviter: str
    inviter_email: str | None


def create_team(tx: Session, name: str, now: datetime) -> UUID | None:
    """A team of the user alone; None where they are in one."""
    team_id: UUID | None = tx.value(QUERIES.create_team, name=name, now=now)
    return team_id


def get_team(tx: Session) -> str:
    """The user's team and the invitations that wait for them, as JSON."""
    team: str = tx.value(QUERIES.get_team)
    return team


def invite(tx: Session, email: str, most: int, now: datetime) -> tuple[UUID | None, str]:
    """The invitation of a mailbox to the user's team, and what became of it: new, known, none, member or full."""
    row = tx.one(QUERIES.invite_to_team, email=email, now=now, most=most)
    assert row is not None
    return row[0], row[1]


def read_invitation(tx: Session, invitation_id: UUID) -> InvitationLetter | None:
    """What the e-mail of an invitation of the user's says; None when it has become pointless."""
    row = tx.one(QUERIES.read_team_invitation, user_id=tx.user_id, id=invitation_id)
    if row is None:
        return None
    address, team, name, email = row
    return InvitationLetter(address, visible_name(team, "without a name"), visible_name(name, email, NOBODY), email)


def cancel_invitation(tx: Session, invitation_id: UUID) -> bool:
    """Takes an invitation of the user's team back; false where there is none of this id."""
    return bool(tx.value(QUERIES.cancel_team_invitation, id=invitation_id))


def join(tx: Session, invitation_id: UUID, now: datetime) -> str:
    """Joins by an invitation to the user's mailbox: joined, unknown or member."""
    outcome: str = tx.value(QUERIES.join_team, id=invitation_id, now=now)
    return outcome


def share_ties(tx: Session, *, ties: bool) -> bool:
    """Sets whether colleagues find paths through the user's contacts; false where they are in no team."""
    return tx.run(QUERIES.share_ties, user_id=tx.user_id, ties=ties) == 1


def remove_member(tx: Session, member_id: UUID) -> str:
    """Takes a member out of the user's team: gone, unknown or refused."""
    outcome: str = tx.value(QUERIES.remove_from_team, member_id=member_id)
    return outcome


def is_ones_contact(tx: Session, contact_id: UUID) -> bool:
    """Whether the user has a contact of this id that is not themselves."""
    return bool(tx.value(QUERIES.is_ones_contact, user_id=tx.user_id, contact_id=contact_id))


def hide_contact(tx: Session, contact_id: UUID, now: datetime) -> None:
    """Hides a contact from colleagues."""
    tx.run(QUERIES.hide_contact, user_id=tx.user_id, contact_id=contact_id, now=now)


def show_contact(tx: Session, contact_id: UUID) -> None:
    """Hides a contact no longer."""
    tx.run(QUERIES.show_contact, user_id=tx.user_id, contact_id=contact_id)


def list_hidden(tx: Session, after: UUID | None, limit: int) -> tuple[str, UUID | None]:
    """A page of hidden contacts as a JSON array, and where it ended when there are more."""
    row = tx.one(QUERIES.list_hidden, user_id=tx.user_id, after=after or _FIRST, limit=limit)
    assert row is not None
    items, last, more = row
    return items, last if more else None
