"""The use cases of teams: create, invite, join, leave, and choose what to share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from shared.contacts.merging.repository import no_contact
from shared.email import budget
from shared.email import service as email
from shared.errors import Conflict, NotFound
from shared.paging import decode_cursor, encode_cursor, json_page
from shared.teams import repository

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shared.config import LetterLimits
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session

INVITATION = "team.invitation"
# Each colleague costs a path search two more look-ups. Invited people count as members.
MAX_MEMBERS = 100
MYSELF = "me"

_NO_TEAM = "you are not in a team: create one, or accept an invitation"
_REFUSALS = {
    "member": "somebody in your team has this address",
    "full": f"a team has at most {MAX_MEMBERS} members, invited people included",
}


class Invited(NamedTuple):
    """The result of an invitation.

    Attributes:
        team: in the form of the API.
        letters_left: how many letters the user may still send in these 24 hours; None where none was sent, or without a limit.
    """

    team: str
    letters_left: int | None


def create_team(tx: Session, name: str, now: datetime) -> str:
    """Create a team of the user; return it in the form of the API.

    Raises:
        Conflict: the user is in a team.
    """
    if repository.create_team(tx, name, now) is None:
        raise Conflict("you are already in a team: leave it first")
    return repository.get_team(tx)


def invite(tx: Session, address: str, limits: LetterLimits, now: datetime) -> Invited:
    """Invite a mailbox to the user's team; the first invitation sends an e-mail.

    Raises:
        LetterBudgetSpent: the budget of the user or of this mailbox allows no letter now.
        NotFound: the user is not in a team.
        Conflict: the mailbox belongs to a member, or the team is full.
    """
    invitation_id, outcome = repository.invite(tx, address, MAX_MEMBERS, now)
    if outcome == "none":
        raise NotFound(_NO_TEAM)
    if outcome in _REFUSALS:
        raise Conflict(_REFUSALS[outcome])
    if outcome == "new":
        assert invitation_id is not None
        decision = budget.spend_one(tx, address, kind=INVITATION, who=address, limits=limits, now=now)
        because = "TeamInvitationSent"
        email.queue(tx, INVITATION, [address], subject_id=invitation_id, now=now, because=because, decision=decision)
        return Invited(repository.get_team(tx), decision.remaining)
    return Invited(repository.get_team(tx), None)


def cancel_invitation(tx: Session, invitation_id: UUID) -> None:
    """Cancel an invitation of the user's team.

    Raises:
        NotFound: the team has no invitation with this id.
    """
    if not repository.cancel_invitation(tx, invitation_id):
        raise NotFound("no invitation of your team has this id")


def join(tx: Session, invitation_id: UUID, now: datetime) -> str:
    """Join a team by an invitation to the user's address, without sharing anything yet; return the team.

    Raises:
        NotFound: the user's address has no invitation with this id.
        Conflict: the user is in a team.
    """
    outcome = repository.join(tx, invitation_id, now)
    if outcome == "unknown":
        raise NotFound("no invitation to your address has this id")
    if outcome == "member":
        raise Conflict("you are already in a team: leave it first")
    return repository.get_team(tx)


def share(tx: Session, *, ties: bool, seen_ties: bool | None, strengths: bool | None) -> dict[str, bool]:
    """Set whether colleagues find paths through the user's contacts, from their next search on.

    Args:
        tx: a transaction.
        ties: whether they do.
        seen_ties: and over ties between others that were computed from the user's mail and calendars; None leaves that as it is.
        strengths: whether colleagues see how strong these ties are, else only that they exist; None leaves that as it is.

    Raises:
        NotFound: the user is not in a team.
    """
    shared = repository.share_ties(tx, ties=ties, seen_ties=seen_ties, strengths=strengths)
    if shared is None:
        raise NotFound(_NO_TEAM)
    answer = {"ties": ties}
    if seen_ties is not None:
        answer["seen_ties"] = shared[0]
    if strengths is not None:
        answer["strengths"] = shared[1]
    return answer


def remove_member(tx: Session, who: str) -> None:
    """Remove a member from the user's team: "me", or anybody where the user is the owner.

    Raises:
        NotFound: the team has no such member.
        Conflict: the user is not the owner, and so may remove nobody else.
    """
    try:
        member_id = tx.user_id if who == MYSELF else UUID(who)
    except ValueError:
        raise NotFound from None
    assert member_id is not None
    outcome = repository.remove_member(tx, member_id)
    if outcome == "unknown":
        raise NotFound(_NO_TEAM if who == MYSELF else "no member of your team has this id")
    if outcome == "refused":
        raise Conflict("only the owner of the team may remove others")


def pass_on(tx: Session, member_id: UUID) -> str:
    """Make another member the owner of the user's team; return the team.

    Raises:
        NotFound: the team has no such member.
        Conflict: the user is not the owner.
    """
    outcome = repository.pass_on(tx, member_id)
    if outcome == "unknown":
        raise NotFound("no member of your team has this id")
    if outcome == "refused":
        raise Conflict("only the owner of the team may pass it on")
    return repository.get_team(tx)


def hide_contact(tx: Session, contact_id: UUID, now: datetime) -> None:
    """Hide a contact, so that no colleague finds a path through or to them; a second call changes nothing.

    Raises:
        NotFound: the user has no contact with this id.
    """
    _require_contact(tx, contact_id)
    repository.hide_contact(tx, contact_id, now)


def hide_contacts(tx: Session, ids: Sequence[UUID], now: datetime) -> int:
    """Hide contacts that the caller has locked, except the self contact; how many were not hidden before."""
    return repository.hide_contacts(tx, ids, now)


def show_contact(tx: Session, contact_id: UUID) -> None:
    """Show a hidden contact to colleagues again.

    Raises:
        NotFound: the user has no contact with this id.
    """
    _require_contact(tx, contact_id)
    repository.show_contact(tx, contact_id)


def _require_contact(tx: Session, contact_id: UUID) -> None:
    if not repository.is_contact(tx, contact_id):
        raise no_contact(tx, contact_id)


def list_hidden(tx: Session, page: Page) -> str:
    """A page of the contacts that are hidden from colleagues, in the form of the API."""
    after = decode_cursor(page.cursor, UUID)[0] if page.cursor is not None else None
    items, last = repository.list_hidden(tx, after, page.limit)
    return json_page(items, encode_cursor(last) if last else None)
