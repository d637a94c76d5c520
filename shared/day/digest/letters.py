"""The letter about the day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.day import repository as day
from shared.day.digest import repository
from shared.email.letter import Block, Button, Divider, Letter, Links, Paragraph, Small
from shared.email.service import LetterWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shared.day.digest.repository import Digest
    from shared.email.repository import Email
    from shared.plumbing.postgres.database import Session

# A letter is for the day: who else is due stands in the app.
MOST_DUE, MOST_DATES = 7, 20
_FIRST = (-(2**62), 0)
_ENDED = {
    "introduced": "{target} has agreed: you are introduced.",
    "connector_accepted": "A request about {target} was passed on.",
    "declined": "Your introduction to {target} did not work out this time.",
    "not_now": "Now is not a good time for your introduction to {target}.",
    "expired": "No answer came to your request about {target}.",
}


def compose(tx: Session, email: Email, link: str, public_url: str) -> Letter | None:  # noqa: ARG001 - the form of all
    """Write the letter from the present state; None where there is nothing to say, or no letter is wanted any more."""
    digest = repository.find_digest(tx)
    if digest is None:
        return None
    page = f"{public_url}/api/crm/digest/{link.rpartition('/')[2]}"
    due, after = day.list_due(tx, None, _FIRST, MOST_DUE, digest.told_at)
    people = json.loads(due)
    dates = json.loads(day.list_upcoming(tx, 6 if digest.weekly else 0, MOST_DATES, digest.told_at))
    opened = repository.list_opened(tx, digest.told_from)
    introductions = repository.list_introductions(tx, digest.told_from)
    if not (people or dates or opened or any(one["moved"] for one in introductions)):
        return None
    blocks: list[Block] = [Paragraph(f"Hello {digest.name}," if digest.name else "Hello,")]
    blocks += _people(people, page, more=after is not None)
    blocks += _dates(dates, weekly=digest.weekly)
    if opened:
        blocks.append(Divider("Ways that opened"))
        blocks += [Paragraph(f"There is a way to {name} now.") for name in opened]
    if introductions:
        blocks.append(Divider("Introductions"))
        blocks += [Paragraph(_introduction(one)) for one in introductions]
    blocks += [Button("Open Today", public_url), Divider("Warmpath"), Small(_why(digest), page)]
    return Letter(subject=_subject(people, dates, opened, weekly=digest.weekly), blocks=tuple(blocks), stop_url=page)


def undelivered(tx: Session, email: Email, now: datetime) -> None:  # noqa: ARG001 - the form of all
    """Send no more letters to a mailbox that takes none; the settings of the app say so."""
    repository.stop(tx)


def _people(people: Sequence[dict[str, Any]], page: str, *, more: bool) -> list[Block]:
    blocks: list[Block] = [Divider("Whom to talk to")] if people else []
    for one in people:
        contact = one["contact"]
        address = f"{page}?contact={contact['id']}&do="
        blocks += [
            Paragraph(f"{_described(contact)}. {one['why']}"),
            Links((("Talked", f"{address}talked"), ("Snooze for a week", f"{address}snooze"))),
        ]
    if more:
        blocks.append(Paragraph("Others are due, too: the app has them all."))
    return blocks


def _dates(dates: Sequence[dict[str, Any]], *, weekly: bool) -> list[Block]:
    blocks: list[Block] = [Divider("Dates of the week" if weekly else "Dates of today")] if dates else []
    for one in dates:
        what = one["label"] or one["kind"]
        years = f" ({one['years']})" if one["years"] else ""
        when = f"{one['on']}: " if weekly else ""
        blocks.append(
            Paragraph(f"{when}{what} of {_described(one['contact'])}{years}".replace("birthday of", "Birthday of"))
        )
    return blocks


def _introduction(one: dict[str, Any]) -> str:
    told = _ENDED[one["status"]].format(target=one["target"]) if one["moved"] else ""
    waits = (
        f"{one['waiting_for']} was asked about {one['target']} and has not answered yet." if one["waiting_for"] else ""
    )
    return " ".join(part for part in (told, waits) if part)


def _described(contact: dict[str, Any]) -> str:
    about = ", ".join(part for part in (contact["title"], contact["company"]) if part)
    return f"{contact['name']} ({about})" if about else str(contact["name"])


def _subject(
    people: Sequence[dict[str, Any]], dates: Sequence[dict[str, Any]], opened: Sequence[str], *, weekly: bool
) -> str:
    when = "This week" if weekly else "Today"
    names = list(dict.fromkeys([*(one["contact"]["name"] for one in [*people, *dates]), *opened]))
    if not names:
        return f"{when}: news of your introductions"
    others = len(names) - 2
    if others > 0:
        return f"{when}: {names[0]}, {names[1]} and {others} other{'s' if others > 1 else ''}"
    return f"{when}: {' and '.join(names)}"


def _why(digest: Digest) -> str:
    how_often = "every week" if digest.weekly else "every day"
    return f"You asked for this letter {how_often} at {digest.hour}:00 ({digest.zone}). Stop it:"


WRITER = LetterWriter(compose, undelivered)
