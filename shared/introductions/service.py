"""The use cases of introductions: request one, list them, answer a question with the token of an e-mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from shared.email import repository as mailboxes
from shared.errors import Conflict, NotFound
from shared.introductions import repository, steps
from shared.introductions.choosing import ASKED_WINDOW, choose_path
from shared.paging import decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from shared.config import LetterLimits
    from shared.email.repository import TokenHolder
    from shared.introductions.models import IntroductionAnswer, IntroductionRequest
    from shared.introductions.parameters import IntroductionListQuery
    from shared.introductions.repository import Introduction
    from shared.plumbing.postgres.database import Session

# Introductions, or e-mails, of all users that one run of a schedule handles.
MAX_DUE = 1000
# The links "never ask me" of an e-mail work for this long.
EMAILS_KEPT = timedelta(days=400)

# A day longer than any budget looks back.
COUNTS_KEPT = timedelta(days=32)
# More than an installation adds between two runs of the schedule.
MAX_COUNTS = 20_000

# With one link: a person, and the scanners that look at links for them.
ANSWERS_A_MINUTE = 30

# Read by the person who answered, after their answer.
_RESULTS = {
    "requested": "Thank you. The request goes on.",
    "connector_accepted": "Thank you. We ask the next person on the path now.",
    "introduced": "Thank you. An e-mail to both of you is on its way.",
    "declined": "Thank you. The person who asked learns that it did not work out.",
    "not_now": "Thank you. The person who asked learns that now is not a good time.",
}
STOPPED = "Nobody can send you requests or invitations through Warmpath at this address again."


def request_introduction(tx: Session, request: IntroductionRequest, limits: LetterLimits, now: datetime) -> UUID:
    """Create an introduction and ask the first connector on its path.

    Raises:
        LetterBudgetSpent: the budget of the user or of this connector's mailbox allows no question now.
        NotFound, ValidationFailed, Conflict: see `choose_path`.
        Conflict: the user has no verified e-mail address, or already asks for an introduction to this contact.
    """
    requester = repository.get_requester(tx)
    if requester.email is None:
        raise Conflict("your identity provider gives no verified e-mail address for you, so nobody could answer you")
    choice = choose_path(tx, request, requester, limits, now)
    introduction_id = repository.create_introduction(
        tx,
        target_id=request.target_id,
        message=request.message,
        purpose=request.purpose.strip(),
        strength=choice.strength,
        passed_over=choice.passed_over,
        steps=choice.steps,
        now=now,
    )
    first = repository.get_introduction(tx, introduction_id).steps[0]
    assert first.email is not None
    steps.ask(tx, introduction_id, first, first.email, limits=limits, now=now, because="IntroductionRequested")
    return introduction_id


def list_introductions(tx: Session, query: IntroductionListQuery) -> str:
    """A page of the introductions that the user requested or was asked about, newest first, in the form of the API."""
    after: tuple[Any, Any] | None = None
    if query.cursor is not None:
        moment, introduction_id = decode_cursor(query.cursor, datetime, UUID)
        after = (moment, introduction_id)
    found: list[tuple[UUID, datetime, str]] = []
    most = query.limit + 1
    if query.role in {None, "requester"}:
        found += repository.list_requested(tx, status=query.status, after=after, most=most)
    if query.role != "requester":
        found += repository.list_asked(tx, role=query.role, status=query.status, only=None, after=after, most=most)
    found.sort(key=lambda row: (row[1], row[0]), reverse=True)
    page = found[: query.limit]
    more = len(found) > query.limit
    cursor = encode_cursor(page[-1][1].isoformat(), page[-1][0]) if more else None
    return json_page("[" + ",".join(document for _, _, document in page) + "]", cursor)


class Question(NamedTuple):
    """The question that the holder of a token may see and answer.

    Attributes:
        holder: of the token.
        introduction: None where the e-mail was not about an introduction.
        requester: name of the user who asked for the introduction.
        asked_lately: how often the holder was asked in the last 30 days, this question included.
        state: open, answered, expired or closed.
    """

    holder: TokenHolder
    introduction: Introduction | None = None
    requester: str = ""
    asked_lately: int = 0
    state: str = "closed"

    def as_json(self) -> dict[str, Any]:
        """The form of the API. A question that is not open shows nobody's data."""
        introduction, position = self.introduction, self.holder.position
        if introduction is None or position is None:
            return {"state": "closed", "role": "target"}
        step = introduction.steps[position - 1]
        if self.state != "open":
            return {"state": self.state, "role": step.role, "decision": step.decision}
        following = None if step is introduction.target else introduction.steps[position]
        return {
            "state": "open",
            "role": step.role,
            "requester": {"name": self.requester},
            "you": {"name": step.name},
            "next": _person(following) if following else None,
            "target": _person(introduction.target),
            "message": introduction.message,
            "purpose": introduction.purpose,
            "note": introduction.steps[position - 2].note if position > 1 else "",
            "asked_lately": self.asked_lately,
            "needs_email": following is not None and following.email is None,
            "decisions": ["accept", "not_now", "decline", "never"],
            "expires_at": step.expires_at.isoformat() if step.expires_at else None,
        }


def _person(step: repository.Step) -> dict[str, Any]:
    return {"id": None, "name": step.name, "company": step.company, "title": step.title}


def get_question(tx: Session, holder: TokenHolder, now: datetime) -> Question:
    """Get the question that the holder of a token is asked. Reading it changes nothing.

    Args:
        tx: a session of the holder's `user_id`.
        holder: from `find_holder`.
        now: the time.
    """
    if not holder.kind.startswith("introduction.") or holder.position is None:
        return Question(holder)
    introduction = repository.get_introduction(tx, holder.subject_id)
    state = _state(introduction, holder.position, now)
    if state != "open":
        return Question(holder, introduction, state=state)
    requester = repository.get_requester(tx)
    mailbox = repository.mailbox_states(tx, [holder.address], now - ASKED_WINDOW)[holder.address]
    return Question(holder, introduction, requester.name, mailbox.asked, "open")


def _state(introduction: Introduction, position: int, now: datetime) -> str:
    step = introduction.steps[position - 1]
    if step.decision in {"accept", "decline", "not_now", "never"}:
        return "answered"
    if step.decision == "expired" or (step.expires_at is not None and step.expires_at <= now):
        return "expired"
    return "open" if introduction.status in steps.OPEN and introduction.turn == position else "closed"


def find_holder(tx: Session, token: str) -> TokenHolder:
    """Find the holder of a token; the caller goes on as the user whose introduction it is about.

    Args:
        tx: a session without a user.
        token: from the address of a link.

    Raises:
        NotFound: the token was never given out.
    """
    holder = mailboxes.find_token(tx, token)
    if holder is None:
        raise NotFound("this link is unknown: copy all of it from the e-mail")
    return holder


def answer_question(
    tx: Session, holder: TokenHolder, answer: IntroductionAnswer, limits: LetterLimits, now: datetime
) -> dict[str, Any]:
    """Accept the answer of the holder of a token. "never" is recorded also where the question is no longer open.

    Raises:
        Conflict: the question was answered or has expired, or the e-mail asked none.
        ValidationFailed: the next person's address is needed.
        LetterBudgetSpent: the next person cannot be asked now.
    """
    if answer.decision == "never" and (closed := _never_of_closed(tx, holder, now)) is not None:
        return closed
    if not holder.kind.startswith("introduction.") or holder.position is None:
        raise Conflict("this e-mail asked no question: there is nothing to answer")
    introduction = steps.answer(
        tx,
        holder.subject_id,
        holder.position,
        answer.decision,
        note=answer.note,
        next_email=answer.email,
        limits=limits,
        now=now,
    )
    return {"decision": answer.decision, "status": introduction.status, "detail": _RESULTS[introduction.status]}


def _never_of_closed(tx: Session, holder: TokenHolder, now: datetime) -> dict[str, Any] | None:
    """Record a "never"; return the answer of the API where no question is open, else None."""
    mailboxes.never_ask(tx, holder.address, now)
    status = None
    if holder.kind.startswith("introduction.") and holder.position is not None:
        introduction = repository.get_introduction(tx, holder.subject_id, lock=True)
        if _state(introduction, holder.position, now) == "open":
            return None
        status = introduction.status
    return {"decision": "never", "status": status, "detail": STOPPED}


def stop_emails(tx: Session, holder: TokenHolder, now: datetime) -> None:
    """Record that nobody may ask or invite the holder of a token again, and decline the question if it is open."""
    mailboxes.never_ask(tx, holder.address, now)
    if holder.kind.startswith("introduction.") and holder.position is not None:
        introduction = repository.get_introduction(tx, holder.subject_id, lock=True)
        if _state(introduction, holder.position, now) == "open":
            steps.answer(tx, holder.subject_id, holder.position, "never", now=now)


def list_due(tx: Session, now: datetime) -> list[tuple[UUID, UUID]]:
    """List user and id of the introductions of all users that have expired or need a reminder."""
    return repository.due_introductions(tx, now, now - steps.REMIND_AFTER, MAX_DUE)


def forget_emails(tx: Session, now: datetime) -> int:
    """Remove old e-mails of all users, and the counts of letters that no budget needs any more.

    Returns:
        How many e-mails were removed.
    """
    mailboxes.remove_old_counts(tx, now - COUNTS_KEPT, MAX_COUNTS)
    return mailboxes.remove_old(tx, now - EMAILS_KEPT, MAX_DUE)


def follow_up(tx: Session, introduction_id: UUID, limits: LetterLimits, now: datetime) -> str | None:
    """End an introduction whose question was not answered in time, or remind the person who is asked.

    Returns:
        expired or reminded; None where nothing was to be done.
    """
    if steps.expire(tx, introduction_id, now):
        return "expired"
    return "reminded" if steps.remind(tx, introduction_id, limits, now) else None
