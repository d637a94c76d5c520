"""Events and time zones, cut out of the lines of a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.formats.calendar.events import WANTED
from shared.formats.calendar.lines import property_of
from shared.formats.calendar.rules import BadRule, moment_of
from shared.formats.calendar.zones import Observance, Zone, offset_of, zone_name
from shared.formats.mail.addresses import normal_address
from shared.formats.mail.text import header_text

if TYPE_CHECKING:
    from shared.formats.calendar.lines import Property

_MOST_LINES = 20_000  # of an event, of those that matter
_MOST_ZONES = 2_000
_MOST_DATES = 100  # of an observance


class Sections:
    """The lines of a calendar, given one by one.

    Attributes:
        named: addresses that calendars have as their name.
        default_zone: the name of the time zone of times that have none.
    """

    def __init__(self, zones: dict[str, Zone]) -> None:
        self.named: set[str] = set()
        self.default_zone = ""
        self._zones = zones
        self._held: list[bytes] = []
        self._depth = 0  # of parts inside the event, such as alarms
        self._zone: _ZoneReader | None = None
        self._unfinished = 0

    def unfinished(self) -> int:
        """How many events had no end so far, with the present one."""
        return self._unfinished + bool(self._held)

    def feed(self, line: bytes) -> list[bytes]:
        """Take a line; return the lines of the event that it ends, or nothing."""
        mark, _, name = line[:40].upper().partition(b":")
        if mark in {b"BEGIN", b"END"}:
            return self._section(header_text(name).strip(), begins=mark == b"BEGIN")
        if self._zone:
            self._zone.line(line)
        elif self._held:
            if not self._depth and len(self._held) < _MOST_LINES and _is_wanted(line):
                self._held.append(line)
        elif mark == b"X-WR-TIMEZONE":
            self.default_zone = zone_name(header_text(line).partition(":")[2])
        elif mark == b"X-WR-CALNAME" and (named := normal_address(header_text(line).partition(":")[2])):
            self.named.add(named)
        return []

    def _section(self, name: str, *, begins: bool) -> list[bytes]:
        if name == "VEVENT":
            event, self._held = self._held, [b"BEGIN:VEVENT"] if begins else []
            self._depth = 0
            self._unfinished += bool(event) and begins
            return [] if begins else event
        if name == "VTIMEZONE":
            if self._zone and not begins and len(self._zones) < _MOST_ZONES:
                self._zones.update(self._zone.zones())
            self._zone = _ZoneReader() if begins else None
        elif self._zone:
            self._zone.section(name, begins=begins)
        elif self._held:
            self._depth = max(0, self._depth + (1 if begins else -1))
        return []


class _ZoneReader:
    """The description of a time zone while it is read."""

    def __init__(self) -> None:
        self._name = ""
        self._observances: list[Observance] = []
        self._current: Observance | None = None

    def section(self, name: str, *, begins: bool) -> None:
        """Begin or end a part."""
        self._current = Observance() if begins and name in {"STANDARD", "DAYLIGHT"} else None
        if self._current and len(self._observances) < _MOST_DATES:
            self._observances.append(self._current)

    def line(self, line: bytes) -> None:
        """Take a line; one that cannot be read is left out."""
        each = property_of(header_text(line))
        if each is None:
            return
        if self._current is None:
            self._name = zone_name(each.value) if each.name == "TZID" else self._name
            return
        try:
            _take(self._current, each)
        except BadRule:
            return

    def zones(self) -> dict[str, Zone]:
        """The zone by its name; empty where it is not described completely."""
        onsets = [onset for observance in self._observances for onset in observance.onsets()]
        return {self._name: Zone(onsets)} if self._name and onsets else {}


def _take(observance: Observance, each: Property) -> None:
    match each.name:
        case "DTSTART":
            observance.start = moment_of(each.value)
        case "TZOFFSETTO":
            observance.offset = offset_of(each.value)
        case "TZOFFSETFROM":
            observance.before = offset_of(each.value)
        case "RRULE":
            observance.rule = each.value
        case "RDATE":
            observance.dates += [moment_of(text.partition("/")[0]) for text in each.value.split(",")][:_MOST_DATES]


def _is_wanted(line: bytes) -> bool:
    name = line[:16].partition(b":")[0].partition(b";")[0]
    return header_text(name).strip().upper() in WANTED
