"""What people do about growth: invite, join, and see what became of it."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from shared.email import budget
from shared.email import repository as mailboxes
from shared.email import service as email
from shared.errors import Conflict, FieldError, NotFound, ValidationFailed
from shared.paging import bad_cursor, decode_cursor, encode_cursor, json_page
from shared.viral import repository
from shared.viral.projection import ceiling, users_after

if TYPE_CHECKING:
    from shared.config import LetterLimits
    from shared.email.budget import BudgetDecision
    from shared.parameters import Page
    from shared.plumbing.postgres.database import Session
    from shared.viral.models import InvitationCreate
    from shared.viral.parameters import LeaderboardQuery, ViralStatsQuery

INVITATION = "invitation.sent"

# For each side, when a joiner becomes active. A provider's answer costs one or two.
CREDITS = 25
# An inviter's rewards in 30 days: beyond it they may invite, and win nobody credits but the joiners.
MAX_REWARDS = 10

# 80 random bits as 16 letters and digits that are not mistaken for each other.
_CODE_BYTES = 10

# With one code: a link that somebody has shared is followed by many at once.
LOOKS_A_MINUTE = 600

_PROJECTED_WEEKS = 12
_REFUSED = {
    "own": "this is your own invitation: it is for others",
    "counted": "you have come by another invitation before, and the first one counts",
    "member": "you have been here for more than two weeks: invitations are for those who are new",
    "circle": "whoever sent this has come through you",
    "nameless": "your identity provider tells no verified e-mail address of yours, so an invitation cannot be counted",
}


class Invited(NamedTuple):
    """What invitations have led to.

    Attributes:
        document: the latest invitations, and who could not be invited, as the API answers them.
        letters_left: how many letters the user may still send in this day; None where none was sent, or there is no limit.
    """

    document: str
    letters_left: int | None


def invite(tx: Session, invitation: InvitationCreate, public_url: str, limits: LetterLimits, now: datetime) -> Invited:
    """Invites people by e-mail; whom the user has invited before gets no second one.

    Raises:
        LetterBudgetSpent: the user's letters do not suffice for all, or none of the mailboxes has room for one.
    """
    emails = list({address.lower(): address for address in invitation.emails}.values())
    # Whoever invites the same people at the same moment waits here, and then finds them invited.
    mailboxes.lock_letter_budget(tx)
    spent = _spend(tx, repository.list_not_invited(tx, emails), limits, now)
    codes = [_new_code() for _ in spent.allowed]
    message = invitation.message.strip()
    for invitation_id, address in repository.create_invitations(tx, spent.allowed, codes, message, now):
        because = "InvitationSent"
        email.queue(tx, INVITATION, [address], subject_id=invitation_id, now=now, because=because, decision=spent)
    page = _page_of_invitations(tx, None, len(emails), public_url, now)
    refused = [
        {"email": address, "reason": refusal.budget, "retry_after_s": refusal.retry_after_s}
        for address, refusal in spent.refused.items()
    ]
    return Invited(f'{page[:-1]},"refused":{json.dumps(refused)}}}', spent.remaining)


def _spend(tx: Session, emails: list[str], limits: LetterLimits, now: datetime) -> BudgetDecision:
    """Spends the budget on invitations.

    Raises:
        LetterBudgetSpent: nobody can be invited.
        ValidationFailed: so many never can at once.
    """
    spent = budget.spend(tx, emails, kind=INVITATION, limits=limits, now=now)
    own = spent.sender_refusal
    if own is not None and len(emails) > own.most:
        raise ValidationFailed(
            [FieldError("emails", f"at most {own.most} at once, as no more may be invited in a day")]
        )
    if own is not None:
        raise own.as_error("", left=spent.remaining)
    if emails and not spent.allowed:
        raise spent.refused[emails[0]].as_error(emails[0])
    return spent


def list_invitations(tx: Session, page: Page, public_url: str, now: datetime) -> str:
    """A page of the user's invitations, newest first, as the API answers it."""
    after: tuple[Any, Any] | None = None
    if page.cursor is not None:
        moment, invitation_id = decode_cursor(page.cursor, datetime, UUID)
        after = (moment, invitation_id)
    return _page_of_invitations(tx, after, page.limit, public_url, now)


def _page_of_invitations(tx: Session, after: tuple[Any, Any] | None, limit: int, public_url: str, now: datetime) -> str:
    items, place = repository.list_invitations(tx, after, limit)
    cursor = encode_cursor(place[0].isoformat(), place[1]) if place else None
    link = joining_url(public_url, _link(tx, "link", now))
    return f'{json_page(items, cursor)[:-1]},"link":{json.dumps(link)}}}'


def introduction_code(tx: Session, now: datetime | None = None) -> str:
    """The code in the footer of the user's introductions, by which those who join through one are told apart."""
    return _link(tx, "introduction", now or datetime.now(UTC))


def joining_url(public_url: str, code: str) -> str:
    """Where an invitation leads."""
    return f"{public_url}/join/{code}"


def _link(tx: Session, channel: str, now: datetime) -> str:
    code = repository.find_link(tx, channel)
    if code is None:
        repository.create_link(tx, channel, _new_code(), now)
        code = repository.find_link(tx, channel)
        assert code is not None
    return code


def _new_code() -> str:
    return base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower()


def see_invitation(tx: Session, code: str) -> dict[str, str]:
    """What a code is about; seeing it changes nothing.

    Raises:
        NotFound: there is no such invitation.
    """
    found = repository.find_invitation(tx, typed(code))
    if found is None:
        raise NotFound("there is no invitation with this code")
    return {"inviter": found[0], "message": found[1]}


def open_invitation(tx: Session, code: str, now: datetime) -> dict[str, str]:
    """Counts that somebody opened an invitation; what it is about.

    Raises:
        NotFound: there is no such invitation.
    """
    repository.open_invitation(tx, typed(code), now)
    return see_invitation(tx, code)


def accept_invitation(tx: Session, code: str, now: datetime) -> str:
    """Joins by a code; the same one again changes nothing.

    Returns:
        By whose invitation the user has come, as the API answers it.

    Raises:
        NotFound: there is no such invitation.
        Conflict: it does not count, and why.
    """
    outcome = repository.accept_invitation(tx, typed(code), now)
    if outcome == "unknown":
        raise NotFound("there is no invitation with this code")
    if outcome in _REFUSED:
        raise Conflict(_REFUSED[outcome])
    join = repository.find_own_join(tx)
    assert join is not None
    return join


def typed(code: str) -> str:
    """A code as people copy it: with spaces around, in capitals, or with the address before it."""
    return code.strip().rstrip("/").rpartition("/")[2].lower()


def reward_activation(tx: Session, joiner: UUID, now: datetime) -> None:
    """Credits for both sides and a point for the inviter, once a joiner has become active; done once."""
    reward = repository.reward_join(tx, joiner, credits_each=CREDITS, most_rewards=MAX_REWARDS, now=now)
    if reward is not None and reward.inviter_id is not None:
        repository.add_points(tx, [reward.inviter_id], "invitation", str(reward.join_id), now)


def score_introduction(tx: Session, introduction_id: UUID, now: datetime) -> None:
    """Points for a completed introduction: for whoever asked, and for the connectors among the users."""
    repository.score_introduction(tx, introduction_id, now)


def get_leaderboard(tx: Session, query: LeaderboardQuery) -> str:
    """A page of standings, and the user's own, as the API answers them."""
    after = None
    if query.cursor is not None:
        period, score, tie = decode_cursor(query.cursor, str, int, UUID)
        if period != query.period or abs(score) >= 2**31:
            raise bad_cursor(f"belongs to another list than period={query.period}")
        after = (score, tie)
    items, own, place = repository.leaderboard_page(tx, query.period, after, query.limit)
    cursor = encode_cursor(query.period, *place) if place else None
    return f'{json_page(items, cursor)[:-1]},"period":"{query.period}","own":{own}}}'


def get_stats(tx: Session, query: ViralStatsQuery, now: datetime) -> dict[str, Any]:
    """Growth in figures: the user's own, everyone's, weekly cohorts and a projection."""
    days = int(query.window.removesuffix("d"))
    own = repository.own_figures(tx, now - timedelta(days=days), now)
    everyone = repository.everyones_figures(tx, days, now)
    cohorts = everyone.pop("cohorts")
    own["k_factor"] = own.pop("mature")["activated"] if own["conversion"] is not None else None
    everyone.pop("mature")
    everyone["k_factor"] = latest_k_factor(cohorts, max(1, round(days / 7)))
    everyone["projection"] = _projection(everyone)
    return {"window_days": days, **own, "cohorts": cohorts, "everyone": everyone}


def latest_k_factor(cohorts: list[dict[str, Any]], weeks: int) -> float | None:
    """K of the latest closed cohorts taken together; None where none is closed."""
    closed = [cohort for cohort in cohorts if not cohort["open"]][-weeks:]
    users = sum(cohort["users"] for cohort in closed)
    return round(sum(cohort["activated"] for cohort in closed) / users, 6) if users else None


def _projection(everyone: dict[str, Any]) -> dict[str, Any] | None:
    users, k_factor, cycle = everyone["active_users"], everyone["k_factor"], everyone["median_cycle_days"]
    if not users or k_factor is None or not cycle:
        return None
    weeks = [
        users_after(7 * week, users=users, k_factor=k_factor, cycle=cycle) for week in range(1, _PROJECTED_WEEKS + 1)
    ]
    return {
        "k_factor": k_factor,
        "cycle_days": cycle,
        "ceiling": ceiling(users, k_factor),
        "weeks": [round(count, 1) for count in weeks],
    }
