"""The budget for letters to strangers: how many one sender may send and one mailbox may receive, of all kinds together.

The budget is spent first, in the transaction that queues the letter. It is never given back: a letter that is withdrawn or
cancelled still counts as sent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from shared.email import repository
from shared.errors import LetterBudgetSpent
from shared.mail_services import is_public_mail_service

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shared.config import LetterLimits
    from shared.plumbing.postgres.database import Session

# Letters to people who expect them: the outcome to the requester, the handoff to two people who both agreed, and notices to users
# about their own accounts. Letters about the day are counted for the installation where they are queued.
UNBUDGETED = frozenset({"introduction.outcome", "introduction.handoff", "webhook.switched_off", "digest.letter"})

_MESSAGES = {
    "per_day": "you have sent all the letters of a day: at most {most} in 24 hours, of all kinds together",
    "asks_per_day": "you have asked for all the introductions of a day: at most {most} in 24 hours",
    "mailbox_per_day": "{who} has received all the letters of a day: at most {most} in 24 hours, from all users together",
    "mailbox_per_month": "{who} has received all the letters of a month: at most {most} in 30 days, from all users together",
    "mailbox_asks_per_month": "{who} was asked for introductions {most} times in the last month: choose another path, or ask later",
    "domain_per_day": "the domain of {who} has received all the letters of a day: at most {most} in 24 hours, from all users together",
    "installation_per_day": "this installation has sent all the letters of a day: at most {most} in 24 hours, of all users together",
    "stopped": "the operator of this installation has stopped letters from your account",
    "pair_per_month": "you have already invited {who}: at most {most} times in 30 days",
}
# Budgets that refuse all letters of a request, not single ones.
_OF_ALL = frozenset({"per_day", "asks_per_day", "installation_per_day", "stopped"})
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400


class Refusal(NamedTuple):
    """The reason why a letter may not be sent now.

    Attributes:
        budget: the budget that is spent, by the name of its limit in `LetterLimits`.
        most: how many letters that budget allows.
        retry_after_s: seconds until that budget allows a letter again.
    """

    budget: str
    most: int
    retry_after_s: int

    def as_error(self, who: str, *, left: int | None = None) -> LetterBudgetSpent:
        """Make the error that reports this refusal.

        Args:
            who: the recipient, in words that the user may see.
            left: how many letters may still be sent now; None or 0 where none may.
        """
        why = _MESSAGES[self.budget].format(who=who, most=self.most)
        remainder = f"; {left} may still be sent now" if left else ""
        wait = _duration(self.retry_after_s)
        return LetterBudgetSpent(f"{why}{remainder}; try again in {wait}", retry_after_s=self.retry_after_s)


class BudgetDecision(NamedTuple):
    """The answer of the budget to a request to send letters.

    Attributes:
        allowed: addresses whose letters were counted and may be queued.
        refused: the reason for each other address.
        remaining: how many letters the user may still send in these 24 hours; None without a limit.
    """

    allowed: list[str]
    refused: dict[str, Refusal]
    remaining: int | None = None

    @property
    def sender_refusal(self) -> Refusal | None:
        """The refusal that concerns every letter; None where only single mailboxes were refused, or none."""
        return next((refusal for refusal in self.refused.values() if refusal.budget in _OF_ALL), None)


def spend(
    tx: Session, addresses: Sequence[str], *, kind: str, limits: LetterLimits, now: datetime, begins: bool = False
) -> BudgetDecision:
    """Count letters that are about to be queued, one to each address; refused letters are not counted.

    Other transactions that spend the same budgets wait until this one ends.

    Args:
        tx: a transaction of the sender.
        addresses: each mailbox once.
        kind: of the letters; see `service.queue`.
        limits: from the settings.
        now: the time.
        begins: True where the letter starts an introduction; False where it continues one.
    """
    if not addresses:
        return BudgetDecision([], {})
    allowed: list[str] = []
    refused: dict[str, Refusal] = {}
    domains = {address.rpartition("@")[2].lower() for address in addresses}
    shared = [domain for domain in domains if is_public_mail_service(domain)] if limits.domain_per_day else []
    bounds = json.dumps(limits._asdict() | {"shared_domains": shared})
    rows = repository.spend_letters(tx, list(addresses), kind, begins=begins, limits=bounds, now=now)
    for address, budget, most, fits_at, _ in rows:
        if budget is None:
            allowed.append(address)
        else:
            # Rounded up: an attempt one second early would be refused again.
            refused[address] = Refusal(budget, most, int((fits_at - now).total_seconds()) + 1)
    return BudgetDecision(allowed, refused, rows[0][4])


def spend_one(
    tx: Session, address: str, *, kind: str, who: str, limits: LetterLimits, now: datetime, begins: bool = False
) -> BudgetDecision:
    """Count one letter that is about to be queued.

    Args:
        tx: a transaction of the sender.
        address: the mailbox.
        kind: of the letter; see `service.queue`.
        who: the recipient, in words that the user may see.
        limits: from the settings.
        now: the time.
        begins: see `spend`.

    Raises:
        LetterBudgetSpent: a budget is spent; the message names it, and says when it allows a letter again.
    """
    decision = spend(tx, [address], kind=kind, limits=limits, now=now, begins=begins)
    if decision.refused:
        raise decision.refused[address].as_error(who)
    return decision


def _duration(seconds: int) -> str:
    for unit_s, name in ((_DAY_S, "days"), (_HOUR_S, "hours"), (_MINUTE_S, "minutes")):
        if seconds >= 2 * unit_s:
            return f"{-(-seconds // unit_s)} {name}"
    return f"{seconds} seconds"
