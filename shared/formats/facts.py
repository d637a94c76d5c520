"""Facts of any source, as `POST /sources/{id}/messages` and `/events` take them: who, whom, when, and never what was said."""

from __future__ import annotations

import json
from typing import NamedTuple

from shared.formats.mail.dates import rfc3339

# More than these of one message or meeting say nothing about a tie, and a line has to stay short.
MOST_PEOPLE = 500
_DAY_DIGITS = len("2026-11-30")
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Person(NamedTuple):
    """Somebody in a fact.

    Attributes:
        address: an e-mail address in lower case; elsewhere what the source calls them by (`tel:+49...`, a profile's address).
        name: as it stood beside the address; may be empty.
    """

    address: str
    name: str = ""

    def as_dict(self) -> dict[str, str]:
        """The person as JSON has it."""
        return {"address": self.address, "name": self.name} if self.name else {"address": self.address}


class Message(NamedTuple):
    """A mail, a chat message or a call.

    Attributes:
        id: the source's own, the same in every copy.
        at: seconds since 1970.
        sender: who wrote or called.
        to: the recipients; `cc` and `bcc` as well.
        flags: `list` and `auto` mark what no person wrote to a person.
    """

    id: str
    at: int
    sender: Person
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    bcc: tuple[Person, ...] = ()
    flags: tuple[str, ...] = ()

    def line(self) -> str:
        """The fact as a line of NDJSON, without the line's end."""
        left = MOST_PEOPLE
        document: dict[str, object] = {"id": self.id, "at": rfc3339(self.at), "from": self.sender.as_dict()}
        for role, people in (("to", self.to), ("cc", self.cc), ("bcc", self.bcc)):
            if people and left:
                document[role] = [person.as_dict() for person in people[:left]]
                left -= min(left, len(people))
        if self.flags:
            document["flags"] = list(self.flags)
        return _ENCODE(document)


class Attendee(NamedTuple):
    """Somebody invited to a meeting.

    Attributes:
        status: `accepted`, `declined`, `tentative`, `needs_action` or `delegated`.
    """

    person: Person
    status: str


class Meeting(NamedTuple):
    """One meeting, or one occurrence of a series.

    Attributes:
        id: the calendar's own, with the start of the occurrence.
        start: seconds since 1970; `end` as well.
        status: `confirmed`, `tentative` or `cancelled`.
        whole_day: whether it takes days and not hours.
    """

    id: str
    start: int
    end: int
    organizer: Person | None
    attendees: tuple[Attendee, ...]
    status: str = "confirmed"
    whole_day: bool = False

    def line(self) -> str:
        """The fact as a line of NDJSON, without the line's end."""
        digits = _DAY_DIGITS if self.whole_day else None
        document: dict[str, object] = {
            "id": self.id,
            "start": rfc3339(self.start)[:digits],
            "end": rfc3339(self.end)[:digits],
        }
        if self.organizer:
            document["organizer"] = self.organizer.as_dict()
        document["attendees"] = [
            attendee.person.as_dict() | {"status": attendee.status} for attendee in self.attendees[:MOST_PEOPLE]
        ]
        document["status"] = self.status
        return _ENCODE(document)


def made_up_id(*parts: str) -> str:
    """An id for what has none: the same for the same parts (FNV-1a, 64 bits, which a browser computes as fast)."""
    value = 0xCBF29CE484222325
    for byte in "\n".join(parts).encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"none-{value:016x}"
