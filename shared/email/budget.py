"""The budget for letters to strangers: how many may leave for one sender, and reach one mailbox, over all kinds together.

Whoever queues such a letter spends the budget first, in the same transaction, and what is spent stays spent: a letter that
is withdrawn or cancelled has been sent as far as the budget knows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from shared.email import repository
from shared.errors import LetterBudgetSpent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shared.config import LetterLimits
    from shared.plumbing.postgres.database import Session

# Letters that are no stranger's: to the user whose introduction it is, and to two who have both agreed.
FREE = frozenset({"introduction.outcome", "introduction.handoff"})

_SPENT = {
    "per_day": "the letters of a day are spent: {most} may leave in 24 hours for one sender, of all kinds together",
    "asks_per_day": "the introductions of a day are spent: one may ask for {most} in 24 hours",
    "mailbox_per_day": "{who} has had enough letters for a day: {most} in 24 hours, whoever writes",
    "mailbox_per_month": "{who} has had enough letters for a month: {most} in 30 days, whoever writes",
    "mailbox_asks_per_month": "{who} was asked for introductions {most} times in the last month: try somebody else, or later",
    "pair_per_month": "{who} was invited by you before: at most {most} times in 30 days",
}
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400


class Refusal(NamedTuple):
    """Why a letter may not leave now.

    Attributes:
        budget: which one is spent, by the name of its limit in `LetterLimits`.
        most: how many letters that one holds.
        retry_after_s: seconds until it has room.
    """

    budget: str
    most: int
    retry_after_s: int

    def as_error(self, who: str, *, left: int | None = None) -> LetterBudgetSpent:
        """The error that tells of it.

        Args:
            who: the reader, in words that the user may see.
            left: letters that still fit, where they were too few.
        """
        why = _SPENT[self.budget].format(who=who, most=self.most)
        fewer = f", and {left} still may now" if left else ""
        room = _duration(self.retry_after_s)
        return LetterBudgetSpent(f"{why}{fewer}; there is room in {room}", retry_after_s=self.retry_after_s)


class Spent(NamedTuple):
    """What the budget says to some letters.

    Attributes:
        allowed: addresses of the letters that were counted, and may be queued.
        refused: why the others may not leave, by address.
        remaining: letters that the user may still send in this day; None where there is no limit.
    """

    allowed: list[str]
    refused: dict[str, Refusal]
    remaining: int | None = None

    @property
    def of_the_sender(self) -> Refusal | None:
        """Why nothing at all may leave; None where single mailboxes alone are in the way, or nothing."""
        return next(
            (refusal for refusal in self.refused.values() if refusal.budget in {"per_day", "asks_per_day"}), None
        )


def spend(
    tx: Session, addresses: Sequence[str], *, kind: str, limits: LetterLimits, now: datetime, begins: bool = False
) -> Spent:
    """Counts letters that are about to be queued, one to each address; those without room are not counted.

    Others who spend the same budgets wait until the transaction ends.

    Args:
        tx: a transaction of the sender.
        addresses: each mailbox once.
        kind: which letter; see `queue`.
        limits: from the settings.
        now: the time.
        begins: it asks for an introduction, and does not only carry one on.
    """
    if not addresses:
        return Spent([], {})
    allowed: list[str] = []
    refused: dict[str, Refusal] = {}
    rows = repository.spend_letters(
        tx, list(addresses), kind, begins=begins, limits=json.dumps(limits._asdict()), now=now
    )
    for address, budget, most, fits_at, _ in rows:
        if budget is None:
            allowed.append(address)
        else:
            # rounded up: a second early is refused again
            refused[address] = Refusal(budget, most, int((fits_at - now).total_seconds()) + 1)
    return Spent(allowed, refused, rows[0][4])


def spend_one(
    tx: Session, address: str, *, kind: str, who: str, limits: LetterLimits, now: datetime, begins: bool = False
) -> Spent:
    """Counts one letter that is about to be queued.

    Args:
        tx: see `spend`, as the others.
        address: whom it goes to.
        kind: which letter.
        who: its reader, in words that the user may see.
        limits: from the settings.
        now: the time.
        begins: see `spend`.

    Raises:
        LetterBudgetSpent: there is no room for it; says in which budget, and until when.
    """
    spent = spend(tx, [address], kind=kind, limits=limits, now=now, begins=begins)
    if spent.refused:
        raise spent.refused[address].as_error(who)
    return spent


def _duration(seconds: int) -> str:
    for unit_s, name in ((_DAY_S, "days"), (_HOUR_S, "hours"), (_MINUTE_S, "minutes")):
        if seconds >= 2 * unit_s:
            return f"{-(-seconds // unit_s)} {name}"
    return f"{seconds} seconds"
