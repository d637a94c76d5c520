"""Events of the APIs as lines, with the ids that files and CalDAV give the same meetings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shared.formats.mail.addresses import normal_address

if TYPE_CHECKING:
    from collections.abc import Iterable

_STATUSES = {
    "needsaction": "needs_action", "notresponded": "needs_action", "none": "needs_action", "tentativelyaccepted": "tentative", "organizer": "accepted",
}  # fmt: skip
_MAX_UID = 300
_MOST_PEOPLE = 500
_DAY = 10


def meeting_line(
    *, uid: str, original: str, start: str, end: str, organizer: tuple[str, str], people: Iterable[tuple[str, str, str]], status: str
) -> bytes | None:  # fmt: skip
    """An event as `POST /sources/{id}/events` takes it; None for one that cannot be read.

    Args:
        uid: of the event or its series.
        original: when it was to begin, in ISO 8601; of an occurrence that was moved the time before.
        start: when it begins; a date for whole days.
        end: when it ends.
        organizer: address and name.
        people: address, name and answer of each who is invited.
        status: confirmed, tentative or cancelled.
    """
    try:
        place = f"{datetime.fromisoformat(original):%Y%m%dT%H%M%S}"
        document: dict[str, object] = {"id": f"{uid[:_MAX_UID]}/{place}", "start": _time(start)}
        if end:
            document["end"] = _time(end)
    except ValueError:
        return None
    if address := normal_address(organizer[0]):
        document["organizer"] = _person(address, organizer[1])
    document["attendees"] = [
        {**_person(address, name), "status": _STATUSES.get(answer.lower(), answer.lower())}
        for text, name, answer in list(people)[:_MOST_PEOPLE]
        if (address := normal_address(text))
    ]
    document["status"] = status or "confirmed"
    return json.dumps(document, ensure_ascii=False).encode()


def _person(address: str, name: str) -> dict[str, str]:
    return {"address": address, "name": name} if name else {"address": address}


def _time(text: str) -> str:
    if len(text) == _DAY:
        return text
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
