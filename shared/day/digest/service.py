"""What the holder of a letter about the day may do with its links, and when letters are queued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.day import service as day
from shared.day.digest import repository
from shared.email import repository as mailboxes
from shared.errors import FieldError, NotFound, ValidationFailed

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.email.repository import TokenHolder
    from shared.plumbing.postgres.database import Session

KIND = "digest.letter"
# With one link: a person, and the scanners that look at links for them.
OPENED_A_MINUTE = 30
# Users in one statement: short enough to hold no lock for long.
BATCH = 5_000
STOPPED = "No more letters about the day are sent to you. The settings of the app bring them back."
DECISIONS = ("talked", "snooze", "skip")


def find_holder(tx: Session, token: str) -> TokenHolder:
    """The user whose letter a link is from.

    Raises:
        NotFound: the token is of no letter about the day, or was removed with it.
    """
    holder = mailboxes.find_token(tx, token)
    if holder is None or holder.kind != KIND:
        raise NotFound("this link is not known, or its letter is too old")
    return holder


def decide(tx: Session, contact_id: UUID, decision: str, now: datetime) -> str:
    """Do what a link of the letter says about somebody who is due; a second time it changes nothing.

    Returns:
        A sentence about the result.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
        ValidationFailed: the decision is not one of `DECISIONS`.
    """
    from shared.day.models import Snoozed, Talked  # noqa: PLC0415 - pydantic, which showing a page does without

    if decision not in DECISIONS:
        raise ValidationFailed([FieldError("decision", f"must be one of {', '.join(DECISIONS)}")])
    name, is_due = repository.find_due(tx, contact_id, now)
    if not is_due:
        return f"{name} is not due any more: nothing was changed."
    if decision == "talked":
        day.finish(tx, contact_id, Talked(), now)
        return f"Noted: you talked to {name} today."
    if decision == "snooze":
        day.snooze(tx, contact_id, Snoozed(), now)
        return f"{name} comes back in a week."
    day.skip(tx, contact_id, now)
    return f"{name} is left out this time; days count from today."
