"""One event of a calendar: when it is, who is invited, and how it repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.formats.calendar.lines import property_of
from shared.formats.calendar.rules import BadRule, Rule, moment_of, rule_of
from shared.formats.calendar.zones import Zone, seconds_of, zone_name
from shared.formats.facts import MOST_PEOPLE, Attendee, Person, made_up_id
from shared.formats.mail.addresses import normal_address
from shared.formats.mail.message import is_placeholder
from shared.formats.mail.names import clean_name
from shared.formats.mail.text import header_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.formats.calendar.lines import Property

_STATUSES = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
    "DELEGATED": "delegated",
    "COMPLETED": "accepted",
    "IN-PROCESS": "accepted",
}
_NO_PERSON = frozenset({"ROOM", "RESOURCE", "GROUP"})
# Rooms and groups that say nothing of it, and stand-ins for an organizer who is not known.
_NO_PERSON_ADDRESS = re.compile(
    r"(?:.*@(?:resource|group)\.calendar\.google\.com|unknownorganizer@calendar\.google\.com|noreply@.*|"
    r"(?:conf|confroom|conference|meeting|meetingroom|room|raum|salle|sala|boardroom)[-_.].*@.*|.*[-_.](?:room|meetingroom|conf)@.*)"
)
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?",
    re.IGNORECASE | re.ASCII,
)
_DIGITS = re.compile(r"[0-9]+")
_MANY = frozenset({"ATTENDEE", "EXDATE", "RDATE"})
_ONE = frozenset({"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "SEQUENCE", "STATUS", "ORGANIZER"})
WANTED = _MANY | _ONE
_MOST_RULES = 20
_MOST_DATES = 5000  # of an event's EXDATE or RDATE
_LONGEST_UID = 300


class BadEvent(ValueError):
    """The event cannot be read."""


@dataclass(slots=True)
class Moment:
    """A time as the calendar writes it.

    Attributes:
        local: on the clock of `zone`.
        whole_day: whether it is a date without a time.
        zone: the name of its time zone; `Z` for UTC, empty for a clock that goes wherever one is.
    """

    local: datetime
    whole_day: bool
    zone: str

    def seconds(self, zones: Mapping[str, Zone], local: datetime | None = None) -> int:
        """Seconds since 1970 of this time, or of another one on the same clock."""
        name = "" if self.whole_day or self.zone == "Z" else self.zone
        return seconds_of(local or self.local, zones.get(name), name)


@dataclass(slots=True)
class Event:
    """An event.

    Attributes:
        version: higher where the event was changed later.
        replaces: which occurrence of the series with this id it replaces.
    """

    uid: str = ""
    version: int = 0
    start: Moment | None = None
    end: Moment | None = None
    duration: timedelta | None = None
    rules: list[Rule] = field(default_factory=list)
    also: list[Moment] = field(default_factory=list)
    never: list[Moment] = field(default_factory=list)
    replaces: Moment | None = None
    status: str = "confirmed"
    organizer: Person | None = None
    attendees: list[Attendee] = field(default_factory=list)


def event_of(lines: list[bytes], default_zone: str = "") -> Event:
    """Read an event.

    Args:
        lines: its unfolded lines.
        default_zone: the name of the time zone of times that have none.

    Raises:
        BadEvent: it has no start, or a part that decides when it is cannot be read.
    """
    event = Event()
    invited: dict[str, Attendee] = {}
    for line in lines:
        each = property_of(header_text(line))
        if each is None or each.name not in WANTED:
            continue
        each.parameters.setdefault("TZID", default_zone)
        try:
            _take(event, each, invited)
        except (BadRule, ValueError) as error:
            raise BadEvent(f"{each.name}: {error}") from error
    if event.start is None:
        raise BadEvent("DTSTART")
    event.attendees = list(invited.values())
    if not event.uid:
        event.uid = made_up_id(event.start.local.isoformat(), *invited)
    return event


def _take(event: Event, each: Property, invited: dict[str, Attendee]) -> None:
    match each.name:
        case "UID":
            event.uid = each.value.strip()[:_LONGEST_UID]
        case "SEQUENCE":
            digits = each.value.strip()[:9]
            event.version = int(digits) if _DIGITS.fullmatch(digits) else 0
        case "STATUS":
            event.status = each.value.strip().lower()
        case "ORGANIZER":
            event.organizer = _person(each)
        case "ATTENDEE":
            person = _person(each)
            if person and len(invited) < MOST_PEOPLE and each.parameters.get("ROLE", "").upper() != "NON-PARTICIPANT":
                status = _STATUSES.get(each.parameters.get("PARTSTAT", "").upper(), "needs_action")
                invited.setdefault(person.address, Attendee(person, status))
        case _:
            _take_time(event, each)


def _take_time(event: Event, each: Property) -> None:
    match each.name:
        case "DTSTART":
            event.start = _moment(each)
        case "DTEND":
            event.end = _moment(each)
        case "DURATION":
            event.duration = _duration(each.value)
        case "RRULE":
            if each.value.strip() and len(event.rules) < _MOST_RULES:
                event.rules.append(rule_of(each.value))
        case "RECURRENCE-ID":
            event.replaces = _moment(each)
        case "RDATE":
            event.also += _moments(each)[: _MOST_DATES - len(event.also)]
        case _:
            event.never += _moments(each)[: _MOST_DATES - len(event.never)]


def _person(each: Property) -> Person | None:
    """The person of an attendee or organizer; None for rooms, groups and those without an address."""
    if each.parameters.get("CUTYPE", "").upper() in _NO_PERSON:
        return None
    value = each.value.strip()
    scheme, mark, rest = value.partition(":")
    if not mark and "@" in value:
        text = value
    elif scheme.lower() == "mailto" and "@" in rest:
        text = rest
    else:
        text = each.parameters.get("EMAIL", "")
    address = normal_address(text)
    if not address or is_placeholder(address) or _NO_PERSON_ADDRESS.fullmatch(address):
        return None
    return Person(address, clean_name(each.parameters.get("CN", ""), address))


def _moment(each: Property, text: str | None = None) -> Moment:
    value = (each.value if text is None else text).strip()
    local = moment_of(value)
    whole_day = "T" not in value.upper()
    zone = "Z" if value.endswith(("Z", "z")) else zone_name(each.parameters.get("TZID", ""))
    return Moment(local, whole_day, zone)


def _moments(each: Property) -> list[Moment]:
    """The moments of a list; of a period, its beginning."""
    return [_moment(each, text.partition("/")[0]) for text in each.value.split(",") if text.strip()]


def _duration(text: str) -> timedelta | None:
    match = _DURATION.fullmatch(text.strip())
    if not match or match[1] == "-":
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
