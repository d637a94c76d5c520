"""What people do with introductions: ask for one, look at them, answer a question with the token of an e-mail."""

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

# Of all users, in one run of a schedule.
MAX_DUE = 1000
# So "never ask me" works from an e-mail for more than a year.
EMAILS_KEPT = timedelta(days=400)

# A day longer than any budget looks back, and more rows than an installation adds in one run of the schedule.
COUNTS_KEPT = timedelta(days=32)
MAX_COUNTS = 20_000

# With one link: a person, and what looks at links for them.
ANSWERS_A_MINUTE = 30

_SAYS = {
    "requested": "The question goes on.",
    "connector_accepted": "Thank you. The next one on the way is asked now.",
    "introduced": "Thank you. An e-mail to both of you is on its way.",
    "declined": "Thank you for saying so. They hear that it did not work out.",
    "not_now": "Thank you for saying so. They hear that now is not the time.",
}


def request_introduction(tx: Session, request: IntroductionRequest, limits: LetterLimits, now: datetime) -> UUID:
    """Asks the first connector on the way to a contact.

    Raises:
        LetterBudgetSpent: no question may leave, or reach this connector, now.
        NotFound, ValidationFailed, Conflict: see `choose_path`.
        Conflict: the user has no address to answer to, or asks for this contact already.
    """
    requester = repository.get_requester(tx)
    if requester.email is None:
        raise Conflict("your identity provider tells no verified e-mail address of yours, so nobody could answer you")
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
    """A page of the user's introductions, those they were asked about among them, newest first, as the API answers it."""
    after: tuple[Any, Any] | None = None
    if query.cursor is not None:
        moment, introduction_id = decode_cursor(query.cursor, datetime, UUID)
        after = (moment, introduction_id)
    found: list[tuple[UUID, datetime, str]] = []
    most = query.limit + 1
    if query.role in {None, "requester"}:
        found += repository.list_own(tx, status=query.status, after=after, most=most)
    if query.role != "requester":
        found += repository.list_asked(tx, role=query.role, status=query.status, only=None, after=after, most=most)
    found.sort(key=lambda row: (row[1], row[0]), reverse=True)
    page = found[: query.limit]
    more = len(found) > query.limit
    cursor = encode_cursor(page[-1][1].isoformat(), page[-1][0]) if more else None
    return json_page("[" + ",".join(document for _, _, document in page) + "]", cursor)


class Question(NamedTuple):
    """What the holder of a token may see and do.

    Attributes:
        holder: who holds it.
        introduction: None where the e-mail was not about one.
        requester: the name of who asks.
        asked_lately: how often the holder was asked in the last month, this time included.
        state: open, answered, expired or closed.
    """

    holder: TokenHolder
    introduction: Introduction | None = None
    requester: str = ""
    asked_lately: int = 0
    state: str = "closed"

    def as_json(self) -> dict[str, Any]:
        """The form of the API; when it is closed, a token tells nothing about anybody."""
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
    """What the holder of a token is asked; looking at it changes nothing.

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
    """Who holds a token; what follows is done as the user whose introduction it is about.

    Args:
        tx: a session of nobody.
        token: from the address of a link.

    Raises:
        NotFound: nobody was ever given it.
    """
    holder = mailboxes.find_token(tx, token)
    if holder is None:
        raise NotFound("this link is not known here; copy all of it from the e-mail")
    return holder


def answer_question(
    tx: Session, holder: TokenHolder, answer: IntroductionAnswer, limits: LetterLimits, now: datetime
) -> dict[str, Any]:
    """Takes the answer of the holder of a token; "never" is remembered also where there is nothing to answer any more.

    Raises:
        Conflict: it was used, has expired, or there is nothing to answer.
        ValidationFailed: the next person's address is needed.
        LetterBudgetSpent: the next person cannot be asked for now.
    """
    if answer.decision == "never" and (closed := _never_of_closed(tx, holder, now)) is not None:
        return closed
    if not holder.kind.startswith("introduction.") or holder.position is None:
        raise Conflict("there is nothing to answer here")
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
    return {"decision": answer.decision, "status": introduction.status, "detail": _SAYS[introduction.status]}


def _never_of_closed(tx: Session, holder: TokenHolder, now: datetime) -> dict[str, Any] | None:
    """Remembers a "never"; what is answered to it where no question is open, else None."""
    mailboxes.never_ask(tx, holder.address, now)
    status = None
    if holder.kind.startswith("introduction.") and holder.position is not None:
        introduction = repository.get_introduction(tx, holder.subject_id, lock=True)
        if _state(introduction, holder.position, now) == "open":
            return None
        status = introduction.status
    return {"decision": "never", "status": status, "detail": "Nobody asks you through Warmpath again at this address."}


def stop_emails(tx: Session, holder: TokenHolder, now: datetime) -> None:
    """Never again, says the holder of a token, used or not: the address is remembered, an open question declined."""
    mailboxes.never_ask(tx, holder.address, now)
    if holder.kind.startswith("introduction.") and holder.position is not None:
        introduction = repository.get_introduction(tx, holder.subject_id, lock=True)
        if _state(introduction, holder.position, now) == "open":
            steps.answer(tx, holder.subject_id, holder.position, "never", now=now)


def list_due(tx: Session, now: datetime) -> list[tuple[UUID, UUID]]:
    """User and id of introductions, of all users, that have expired or whose people are to be reminded."""
    return repository.due_introductions(tx, now, now - steps.REMIND_AFTER, MAX_DUE)


def forget_emails(tx: Session, now: datetime) -> int:
    """Removes e-mails of all users that are older than anybody answers, and counts of letters that no budget needs.

    Returns:
        How many e-mails.
    """
    mailboxes.remove_old_counts(tx, now - COUNTS_KEPT, MAX_COUNTS)
    return mailboxes.remove_old(tx, now - EMAILS_KEPT, MAX_DUE)


def follow_up(tx: Session, introduction_id: UUID, limits: LetterLimits, now: datetime) -> str | None:
    """Ends an introduction that nobody answers in time, or reminds who has not answered yet.

    Returns:
        expired or reminded; None where there was nothing to do, or not any more.
    """
    if steps.expire(tx, introduction_id, now):
        return "expired"
    return "reminded" if steps.remind(tx, introduction_id, limits, now) else None
