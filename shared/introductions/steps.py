"""The states of an introduction, and the moves from one to the next.

    requested ──> connector_accepted ──> introduced ──> completed
        │                 │
        └────────┬────────┘
                 └──> declined | not_now | withdrawn | expired

Each move is one transaction: it locks the introduction, checks its state again, and queues the e-mails about the move. Of two
concurrent moves the second raises Conflict.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shared.email import budget
from shared.email import repository as mailboxes
from shared.email import service as email
from shared.errors import Conflict, FieldError, ValidationFailed
from shared.introductions import repository
from shared.introductions.choosing import ASKED_WINDOW
from shared.viral import service as viral

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.config import LetterLimits
    from shared.email.budget import BudgetDecision
    from shared.introductions.repository import Introduction, Step
    from shared.plumbing.postgres.database import Session

OPEN = ("requested", "connector_accepted")
ANSWER_WITHIN = timedelta(days=14)
REMIND_AFTER = timedelta(days=5)

ASK, REMINDER, HANDOFF = "introduction.ask", "introduction.reminder", "introduction.handoff"
OUTCOME, WITHDRAWN, THANKS = "introduction.outcome", "introduction.withdrawn", "introduction.thanks"

_ENDS = {"decline": "declined", "never": "declined", "not_now": "not_now"}


def ask(
    tx: Session, introduction_id: UUID, step: Step, address: str, *, limits: LetterLimits, now: datetime, because: str
) -> None:
    """Ask the first person on the path.

    Raises:
        LetterBudgetSpent: the budget of the requester or of this person's mailbox allows no question now.
    """
    decision = budget.spend_one(tx, address, kind=ASK, who=step.name, limits=limits, now=now, begins=True)
    _ask(tx, introduction_id, step, decision, now=now, because=because)


def _ask(
    tx: Session, introduction_id: UUID, step: Step, decision: BudgetDecision, *, now: datetime, because: str
) -> None:
    (address,) = decision.allowed
    repository.ask_step(tx, introduction_id, step.position, email=address, now=now, expires_at=now + ANSWER_WITHIN)
    _write(tx, ASK, introduction_id, step.position, decision, now=now, because=because)


def _write(
    tx: Session,
    kind: str,
    introduction_id: UUID,
    position: int,
    decision: BudgetDecision,
    *,
    now: datetime,
    because: str,
) -> None:
    """Queue a letter to one person on the path; none where the budget did not allow it."""
    for address in decision.allowed:
        email.queue(
            tx,
            kind,
            [address],
            subject_id=introduction_id,
            position=position,
            now=now,
            because=because,
            decision=decision,
        )


def answer(
    tx: Session,
    introduction_id: UUID,
    position: int,
    decision: str,
    *,
    note: str = "",
    next_email: str | None = None,
    limits: LetterLimits | None = None,
    now: datetime,
) -> Introduction:
    """Accept the answer of a connector or of the target.

    Args:
        tx: a transaction of the requester.
        introduction_id: of the introduction.
        position: of the person who answers.
        decision: accept, decline, not_now or never.
        note: passed on with the introduction, or to the requester; see `letters`.
        next_email: address of the next person, where the requester has none.
        limits: of letters; needed for accept, which asks the next person.
        now: the time.

    Returns:
        The introduction after the answer.

    Raises:
        Conflict: the question was answered before, has expired, or the introduction is over.
        ValidationFailed: the next person's address is needed.
        LetterBudgetSpent: the next person cannot be asked now; the answer is not recorded and may be given later.
    """
    introduction = repository.get_introduction(tx, introduction_id, lock=True)
    step = _open_step(introduction, position, now)
    if decision == "never":
        assert step.email is not None
        mailboxes.never_ask(tx, step.email, now)
    address = _next_address(introduction, step, next_email) if decision == "accept" else ""
    repository.decide_step(tx, introduction_id, position, decision, note=note.strip(), now=now)
    if decision != "accept":
        _end(tx, introduction, _ENDS[decision], now, because="IntroductionDeclined")
    elif step is introduction.target:
        _introduce(tx, introduction, now)
    else:
        assert limits is not None
        _ask_next(tx, introduction, address, limits, now)
    return repository.get_introduction(tx, introduction_id)


def _open_step(introduction: Introduction, position: int, now: datetime) -> Step:
    """Get the step at a position, which must be the one that is asked now.

    Raises:
        Conflict: its question is not open.
    """
    step = introduction.steps[position - 1]
    if step.decision in {"accept", "decline", "not_now", "never"}:
        raise Conflict("this question was already answered, and an answer cannot be changed")
    if introduction.status == "withdrawn":
        raise Conflict("this question was withdrawn: there is nothing to answer any more")
    if step.expires_at is None or step.expires_at <= now or introduction.status == "expired":
        raise Conflict("the time to answer this question is over")
    if introduction.status not in OPEN or introduction.turn != position:
        raise Conflict("this introduction is over: there is nothing to answer any more")
    return step


def _next_address(introduction: Introduction, step: Step, given: str | None) -> str:
    if step is introduction.target:
        return ""
    following = introduction.steps[step.position]
    if following.email:
        return following.email
    if given is None:
        raise ValidationFailed([FieldError("email", f"the e-mail address of {following.name} is needed to ask them")])
    taken = {(other.email or "").lower() for other in introduction.steps}
    if given.lower() in taken:
        raise ValidationFailed([FieldError("email", "somebody else on the path has this address")])
    return given


def _ask_next(tx: Session, introduction: Introduction, address: str, limits: LetterLimits, now: datetime) -> None:
    """Ask the next person; end the introduction as declined where that person cannot be asked.

    Raises:
        LetterBudgetSpent: the next person cannot be asked yet, but can be before the time to answer is over.
    """
    turn = introduction.turn + 1
    following = introduction.steps[turn - 1]
    repository.move(tx, introduction.id, "connector_accepted", turn, now)
    state = repository.mailbox_states(tx, [address], now - ASKED_WINDOW)[address]
    decision = None
    if not state.never and not state.bounced:
        decision = budget.spend(tx, [address], kind=ASK, limits=limits, now=now)
    if decision is None or (
        decision.refused and _is_too_late(introduction.current, decision.refused[address].retry_after_s, now)
    ):
        repository.move(tx, introduction.id, "declined", turn, now)
        _notify_requester(tx, introduction, now, because="IntroductionDeclined")
    elif decision.refused:
        raise decision.refused[address].as_error(following.name)
    else:
        _ask(tx, introduction.id, following, decision, now=now, because="ConnectorAccepted")


def _is_too_late(step: Step, wait_s: int, now: datetime) -> bool:
    assert step.expires_at is not None
    return now + timedelta(seconds=wait_s) >= step.expires_at


def _introduce(tx: Session, introduction: Introduction, now: datetime) -> None:
    repository.move(tx, introduction.id, "introduced", introduction.turn, now)
    requester, target = repository.get_requester(tx), introduction.target
    both = [address for address in (target.email, requester.email) if address]
    email.queue(tx, HANDOFF, both, subject_id=introduction.id, now=now, because="TargetAccepted")


def withdraw(tx: Session, introduction_id: UUID, limits: LetterLimits, now: datetime) -> None:
    """Withdraw an introduction, and notify the person who was asked where the budget allows the letter.

    Raises:
        NotFound: the user has no introduction with this id.
        Conflict: it is over, or the two are already introduced.
    """
    introduction = repository.get_introduction(tx, introduction_id, lock=True)
    if introduction.status not in OPEN:
        raise Conflict(f"this introduction is already {introduction.status} and cannot be withdrawn")
    step = introduction.current
    repository.decide_step(tx, introduction_id, step.position, "withdrawn", now=now)
    repository.move(tx, introduction_id, "withdrawn", introduction.turn, now)
    assert step.email is not None
    decision = budget.spend(tx, [step.email], kind=WITHDRAWN, limits=limits, now=now)
    _write(tx, WITHDRAWN, introduction_id, step.position, decision, now=now, because="IntroductionWithdrawn")


def complete(tx: Session, introduction_id: UUID, limits: LetterLimits, now: datetime) -> None:
    """Complete an introduction: the two have talked. Thank the connectors where the budget allows it, and give the points.

    Raises:
        NotFound: the user has no introduction with this id.
        Conflict: the two are not introduced, or it was completed before.
    """
    introduction = repository.get_introduction(tx, introduction_id, lock=True)
    if introduction.status != "introduced":
        raise Conflict(f'this introduction is {introduction.status}: only one that is "introduced" can be completed')
    repository.move(tx, introduction_id, "completed", introduction.turn, now)
    positions = {step.email: step.position for step in introduction.steps[:-1] if step.email is not None}
    decision = budget.spend(tx, list(positions), kind=THANKS, limits=limits, now=now)
    for address in decision.allowed:
        one = decision._replace(allowed=[address])
        _write(tx, THANKS, introduction_id, positions[address], one, now=now, because="IntroductionCompleted")
    viral.score_introduction(tx, introduction_id, now)


def expire(tx: Session, introduction_id: UUID, now: datetime) -> bool:
    """End an introduction whose question was not answered in time; False where its time is not over or it is closed."""
    introduction = repository.get_introduction(tx, introduction_id, lock=True)
    step = introduction.current
    if introduction.status not in OPEN or step.expires_at is None or step.expires_at > now:
        return False
    repository.decide_step(tx, introduction_id, step.position, "expired", now=now)
    _end(tx, introduction, "expired", now, because="IntroductionExpired")
    return True


def remind(tx: Session, introduction_id: UUID, limits: LetterLimits, now: datetime) -> bool:
    """Remind the person who is asked, once; False where no reminder is due or the budget allows no letter now."""
    introduction = repository.get_introduction(tx, introduction_id, lock=True)
    step = introduction.current
    if introduction.status not in OPEN or step.reminded_at or step.asked_at is None or step.expires_at is None:
        return False
    if step.asked_at + REMIND_AFTER > now or step.expires_at <= now:
        return False
    assert step.email is not None
    decision = budget.spend(tx, [step.email], kind=REMINDER, limits=limits, now=now)
    if decision.refused:
        return False
    repository.remind_step(tx, introduction_id, step.position, now)
    _write(tx, REMINDER, introduction_id, step.position, decision, now=now, because="AnswerAwaited")
    return True


def end_undeliverable(tx: Session, introduction_id: UUID, position: int, now: datetime) -> None:
    """End an introduction whose question could not be delivered; do nothing where another position is asked by now."""
    introduction = repository.get_introduction(tx, introduction_id, lock=True)
    if introduction.status not in OPEN or introduction.turn != position:
        return
    repository.decide_step(tx, introduction_id, position, "undeliverable", now=now)
    _end(tx, introduction, "expired", now, because="AddressFailed", reason="undeliverable")


def _end(
    tx: Session, introduction: Introduction, status: str, now: datetime, *, because: str, reason: str | None = None
) -> None:
    repository.move(tx, introduction.id, status, introduction.turn, now, reason=reason)
    _notify_requester(tx, introduction, now, because=because)


def _notify_requester(tx: Session, introduction: Introduction, now: datetime, *, because: str) -> None:
    requester = repository.get_requester(tx)
    if requester.email:
        email.queue(tx, OUTCOME, [requester.email], subject_id=introduction.id, now=now, because=because)
