"""Rates of yes by readiness, learned from the outcomes of introductions (docs/path-search.md)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from shared.introductions.repository import QUERIES

if TYPE_CHECKING:
    from shared.plumbing.postgres.database import Session

LEARN_EVERY = timedelta(days=1)


class AnswerRate(NamedTuple):
    """How likely people of one class say yes.

    Attributes:
        readiness: the class; the readiest is the first of a list.
        start_rate: before anybody has answered.
        asked: questions of the last two years that were answered, or left unanswered until they expired.
        accepted: those of them that were answered with yes.
        expected: the sum of the strengths of the ties over which they were asked.
        rate: the chance of a yes over a tie that certainly holds, in (0, 1).
        learned_at: None before the first count.
    """

    readiness: str
    start_rate: float
    asked: int
    accepted: int
    expected: float
    rate: float
    learned_at: datetime | None


def list_rates(tx: Session) -> list[AnswerRate]:
    """The rates of this installation, the readiest class first."""
    return [AnswerRate(*row) for row in tx.many(QUERIES.list_answer_rates)]


def learn(tx: Session, now: datetime) -> None:
    """Count the outcomes again. Cost: one pass over the questions of all users."""
    tx.run(QUERIES.learn_answers, now=now)


def learn_when_due(tx: Session, now: datetime) -> bool:
    """Count the outcomes again if the last count is a day old; return whether it was."""
    learned_at = list_rates(tx)[0].learned_at
    if learned_at is not None and learned_at > now - LEARN_EVERY:
        return False
    learn(tx, now)
    return True
