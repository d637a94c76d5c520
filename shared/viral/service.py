"""The use cases of growth: invite, join, and see the results."""

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

# For the joiner and for the inviter, when the joiner becomes active. A provider's answer costs one or two.
CREDITS = 25
# Rewards of an inviter in 30 days. Beyond them the inviter may still invite, but only the joiners get credits.
MAX_REWARDS = 10

# 80 random bits, written as 16 letters and digits that are hard to confuse.
_CODE_BYTES = 10

# With one code: many people at once may follow a link that was shared.
LOOKS_A_MINUTE = 600

_PROJECTED_WEEKS = 12
_REFUSALS = {
    "own": "this invitation is from you: only others can accept it",
    "counted": "you have already joined by another invitation, and only the first one counts",
    "member": "you joined more than two weeks ago: only new users can accept an invitation",
    "circle": "you have invited the person who sent this invitation, directly or through others",
    "nameless": "your identity provider gives no verified e-mail address for you, so the invitation cannot be counted",
}


class Invited(NamedTuple):
    """The result of inviting.

    Attributes:
        document: the latest invitations, and the addresses that could not be invited, in the form of the API.
        letters_left: how many letters the user may still send in these 24 hours; None where none was sent, or without a limit.
    """

    document: str
    letters_left: int | None


def invite(tx: Session, invitation: InvitationCreate, public_url: str, limits: LetterLimits, now: datetime) -> Invited:
    """Invite people by e-mail; people whom the user has invited before get no second invitation.

    Raises:
        LetterBudgetSpent: the user's budget does not suffice for all, or the budget of no mailbox allows a letter.
        ValidationFailed: more addresses than the user may ever invite in a day.
    """
    emails = list({address.lower(): address for address in invitation.emails}.values())
    # Another request of the user for the same people waits here, and then finds them invited.
    mailboxes.lock_letter_budget(tx)
    decision = _spend(tx, repository.list_not_invited(tx, emails), limits, now)
    codes = [_new_code() for _ in decision.allowed]
    message = invitation.message.strip()
    for invitation_id, address in repository.create_invitations(tx, decision.allowed, codes, message, now):
        because = "InvitationSent"
        email.queue(tx, INVITATION, [address], subject_id=invitation_id, now=now, because=because, decision=decision)
    page = _page_of_invitations(tx, None, len(emails), public_url, now)
    refused = [
        {"email": address, "reason": refusal.budget, "retry_after_s": refusal.retry_after_s}
        for address, refusal in decision.refused.items()
    ]
    return Invited(f'{page[:-1]},"refused":{json.dumps(refused)}}}', decision.remaining)


def _spend(tx: Session, emails: list[str], limits: LetterLimits, now: datetime) -> BudgetDecision:
    """Spend the budget on invitations.

    Raises:
        LetterBudgetSpent: the user's budget does not suffice for all, or the budget of no mailbox allows a letter.
        ValidationFailed: more addresses than the user may ever invite in a day.
    """
    decision = budget.spend(tx, emails, kind=INVITATION, limits=limits, now=now)
    refusal = decision.sender_refusal
    if refusal is not None and len(emails) > refusal.most > 0:
        raise ValidationFailed(
            [
                FieldError(
                    "emails", f"must be at most {refusal.most}, not {len(emails)}: no more may be invited in a day"
                )
            ]
        )
    if refusal is not None:
        raise refusal.as_error("", left=decision.remaining)
    if emails and not decision.allowed:
        raise decision.refused[emails[0]].as_error(emails[0])
    return decision


def list_invitations(tx: Session, page: Page, public_url: str, now: datetime) -> str:
    """A page of the user's invitations, newest first, in the form of the API."""
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
    """The code in the footer of the user's introductions; people who join by it are counted as the channel introduction."""
    return _link(tx, "introduction", now or datetime.now(UTC))


def joining_url(public_url: str, code: str) -> str:
    """The address of an invitation."""
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
    """Get the invitation of a code. Reading it changes nothing.

    Raises:
        NotFound: no invitation has this code.
    """
    found = repository.find_invitation(tx, clean_code(code))
    if found is None:
        raise NotFound("no invitation has this code: copy the whole link")
    return {"inviter": found[0], "message": found[1]}


def open_invitation(tx: Session, code: str, now: datetime) -> dict[str, str]:
    """Record that an invitation was opened, and get it.

    Raises:
        NotFound: no invitation has this code.
    """
    repository.open_invitation(tx, clean_code(code), now)
    return see_invitation(tx, code)


def accept_invitation(tx: Session, code: str, now: datetime) -> str:
    """Join by a code; a second call with the same code changes nothing.

    Returns:
        The invitation by which the user joined, in the form of the API.

    Raises:
        NotFound: no invitation has this code.
        Conflict: the invitation does not count; the message says why.
    """
    outcome = repository.accept_invitation(tx, clean_code(code), now)
    if outcome == "unknown":
        raise NotFound("no invitation has this code: copy the whole link")
    if outcome in _REFUSALS:
        raise Conflict(_REFUSALS[outcome])
    join = repository.find_join(tx)
    assert join is not None
    return join


def clean_code(code: str) -> str:
    """Extract the code from what people copy: with spaces around it, in capitals, or as the whole link."""
    return code.strip().rstrip("/").rpartition("/")[2].lower()


def reward_activation(tx: Session, joiner: UUID, now: datetime) -> None:
    """Give credits to joiner and inviter and a point to the inviter, after a joiner became active; repeating changes nothing."""
    reward = repository.reward_join(tx, joiner, credits_each=CREDITS, most_rewards=MAX_REWARDS, now=now)
    if reward is not None and reward.inviter_id is not None:
        repository.add_points(tx, [reward.inviter_id], "invitation", str(reward.join_id), now)


def score_introduction(tx: Session, introduction_id: UUID, now: datetime) -> None:
    """Give points for a completed introduction: to the requester, and to the connectors who are users."""
    repository.score_introduction(tx, introduction_id, now)


def get_leaderboard(tx: Session, query: LeaderboardQuery) -> str:
    """A page of the leaderboard, and the user's row, in the form of the API."""
    after = None
    if query.cursor is not None:
        period, score, tiebreak = decode_cursor(query.cursor, str, int, UUID)
        if period != query.period or abs(score) >= 2**31:
            raise bad_cursor(f"belongs to another list than period={query.period}")
        after = (score, tiebreak)
    items, user_row, place = repository.leaderboard_page(tx, query.period, after, query.limit)
    cursor = encode_cursor(query.period, *place) if place else None
    return f'{json_page(items, cursor)[:-1]},"period":"{query.period}","own":{user_row}}}'


def get_stats(tx: Session, query: ViralStatsQuery, operators: tuple[str, ...], now: datetime) -> dict[str, Any]:
    """Get the counts of growth: of the user; for an operator also those of everyone, weekly cohorts and a projection.

    Args:
        tx: transaction of the user.
        query: the window.
        operators: addresses, or domains as `@domain`, of the operators, in lower case.
        now: end of the window.
    """
    days = int(query.window.removesuffix("d"))
    user = repository.user_counts(tx, now - timedelta(days=days), now)
    user["k_factor"] = user.pop("mature")["activated"] if user["conversion"] is not None else None
    if not (operators and repository.is_operator(tx, list(operators))):
        return {"window_days": days, **user, "cohorts": [], "everyone": None}
    everyone = repository.everyones_counts(tx, days, now)
    cohorts = everyone.pop("cohorts")
    everyone.pop("mature")
    everyone["k_factor"] = latest_k_factor(cohorts, max(1, round(days / 7)))
    everyone["projection"] = _projection(everyone)
    return {"window_days": days, **user, "cohorts": cohorts, "everyone": everyone}


def latest_k_factor(cohorts: list[dict[str, Any]], weeks: int) -> float | None:
    """K of the latest closed cohorts together; None where no cohort is closed."""
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
