"""What people do about teams: make one, join and leave it, and say what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from shared.email import budget
from shared.email import service as email
from shared.errors import Conflict, NotFound
from shared.paging import decode_cursor, encode_cursor, json_page
from shared.teams import repository

if TYPE_CHECKING:
    from datetime import datetime

    from shared.config import LetterLimits
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session

INVITATION = "team.invitation"
# Each colleague is two look-ups more for whoever searches; those invited count as well.
MAX_MEMBERS = 100
MYSELF = "me"

_NO_TEAM = "you are in no team: make one, or accept an invitation"
_REFUSED = {
    "member": "this is the address of somebody in your team",
    "full": f"a team has {MAX_MEMBERS} members at the most, those invited included",
}


class Invited(NamedTuple):
    """What an invitation has led to.

    Attributes:
        team: as the API answers it.
        letters_left: how many letters the user may still send in this day; None where none was sent, or there is no limit.
    """

    team: str
    letters_left: int | None


def create_team(tx: Session, name: str, now: datetime) -> str:
    """Makes a team of the user; returns it as the API answers it.

    Raises:
        Conflict: they are in one.
    """
    if repository.create_team(tx, name, now) is None:
        raise Conflict("you are in a team already: leave it first")
    return repository.get_team(tx)


def invite(tx: Session, address: str, limits: LetterLimits, now: datetime) -> Invited:
    """Invites a mailbox to the user's team, by an e-mail the first time.

    Raises:
        LetterBudgetSpent: no letter may leave, or reach this mailbox, now.
        NotFound: the user is in no team.
        Conflict: it is a colleague's, or the team is full.
    """
    invitation_id, outcome = repository.invite(tx, address, MAX_MEMBERS, now)
    if outcome == "none":
        raise NotFound(_NO_TEAM)
    if outcome in _REFUSED:
        raise Conflict(_REFUSED[outcome])
    if outcome == "new":
        assert invitation_id is not None
        spent = budget.spend_one(tx, address, kind=INVITATION, who=address, limits=limits, now=now)
        because = "TeamInvitationSent"
        email.queue(tx, INVITATION, [address], subject_id=invitation_id, now=now, because=because, decision=spent)
        return Invited(repository.get_team(tx), spent.remaining)
    return Invited(repository.get_team(tx), None)


def cancel_invitation(tx: Session, invitation_id: UUID) -> None:
    """Takes an invitation of the user's team back.

    Raises:
        NotFound: there is none of this id.
    """
    if not repository.cancel_invitation(tx, invitation_id):
        raise NotFound("your team has no invitation of this id")


def join(tx: Session, invitation_id: UUID, now: datetime) -> str:
    """Joins a team by an invitation to the user's own address, sharing nothing yet; returns the team.

    Raises:
        NotFound: nobody has invited them so.
        Conflict: they are in a team.
    """
    outcome = repository.join(tx, invitation_id, now)
    if outcome == "unknown":
        raise NotFound("no invitation of this id was sent to your address")
    if outcome == "member":
        raise Conflict("you are in a team already: leave it first")
    return repository.get_team(tx)


def share(tx: Session, *, ties: bool) -> dict[str, bool]:
    """Says whether colleagues find paths through the user's contacts, from the next question on.

    Raises:
        NotFound: they are in no team.
    """
    if not repository.share_ties(tx, ties=ties):
        raise NotFound(_NO_TEAM)
    return {"ties": ties}


def remove_member(tx: Session, who: str) -> None:
    """Takes somebody out of the user's team: themselves ("me"), or anybody where they have been there longest.

    Raises:
        NotFound: there is no such member.
        Conflict: only who has been there longest may remove others.
    """
    try:
        member_id = tx.user_id if who == MYSELF else UUID(who)
    except ValueError:
        raise NotFound from None
    assert member_id is not None
    outcome = repository.remove_member(tx, member_id)
    if outcome == "unknown":
        raise NotFound(_NO_TEAM if who == MYSELF else "your team has no member of this id")
    if outcome == "refused":
        raise Conflict("only who has been in the team longest may remove others")


def hide_contact(tx: Session, contact_id: UUID, now: datetime) -> None:
    """Hides a contact: no colleague finds a path through or to them; a second time: nothing.

    Raises:
        NotFound: the user has none of this id.
    """
    _require(tx, contact_id)
    repository.hide_contact(tx, contact_id, now)


def show_contact(tx: Session, contact_id: UUID) -> None:
    """Hides a contact no longer.

    Raises:
        NotFound: the user has none of this id.
    """
    _require(tx, contact_id)
    repository.show_contact(tx, contact_id)


def _require(tx: Session, contact_id: UUID) -> None:
    if not repository.is_ones_contact(tx, contact_id):
        raise NotFound("there is no contact of this id")


def list_hidden(tx: Session, page: Page) -> str:
    """A page of the contacts that are hidden from colleagues, as the API answers it."""
    after = decode_cursor(page.cursor, UUID)[0] if page.cursor is not None else None
    items, last = repository.list_hidden(tx, after, page.limit)
    return json_page(items, encode_cursor(last) if last else None)
