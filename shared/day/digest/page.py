"""The page that the links of a letter about the day lead to. Reading it changes nothing: mail scanners open links, too."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from shared.day.digest import repository, service
from shared.errors import CrmError, FieldError, ValidationFailed
from shared.introductions.page import framed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from shared.plumbing.postgres.database import Session

_EFFECTS = {
    "talked": ("Talked", "A talk of today is noted, and days are counted from it."),
    "snooze": ("Snooze", "The person comes back in a week."),
    "skip": ("Skip", "No talk is noted; days are counted from today."),
}
_STOP = (
    '<form method="post"><div class="choice"><button name="decision" value="stop">Stop the letters</button>'
    "<span>No more letters about the day are sent to you.</span></div></form>"
)


def show(tx: Session, asked: Mapping[str, str], now: datetime) -> str:
    """The page of a link: what may be done about the person that it names, the link's own action first; or only how to stop the letters."""
    try:
        contact_id = _contact_id(asked)
        name, is_due = repository.find_due(tx, contact_id, now)
    except CrmError:
        return framed("Letters about the day", f"<h1>Letters about the day</h1>{_STOP}")
    if not is_due:
        title = f"{name} is not due any more"
        return framed(title, f"<h1>{escape(title)}</h1><p>There is nothing to do.</p>{_STOP}")
    first = asked.get("do", "")
    title = f"Put off {name}?" if first == "snooze" else f"Did you talk to {name}?"
    choices = "".join(
        f'<div class="choice"><button name="decision" value="{value}"{" class=first" if value == first else ""}>{label}</button>'
        f"<span>{effect}</span></div>"
        for value, (label, effect) in sorted(_EFFECTS.items(), key=lambda item: item[0] != first)
    )
    form = f'<form method="post"><input type="hidden" name="contact" value="{contact_id}">{choices}</form>'
    return framed(title, f"<h1>{escape(title)}</h1>{form}{_STOP}")


def answer(tx: Session, form: Mapping[str, str], now: datetime) -> str:
    """Do what the form of the page says, or what a mail program does for its reader with one click (RFC 8058).

    Returns:
        A sentence about the result.

    Raises:
        NotFound, MergedAway, ValidationFailed: see `service.decide`.
    """
    if form.get("decision") == "stop" or form.get("List-Unsubscribe") == "One-Click":
        repository.stop(tx)
        return service.STOPPED
    return service.decide(tx, _contact_id(form), form.get("decision", ""), now)


def _contact_id(fields: Mapping[str, str]) -> UUID:
    try:
        return UUID(fields.get("contact", ""))
    except ValueError:
        raise ValidationFailed([FieldError("contact", "must be the id of a contact")]) from None
