"""Calendar files as meetings, each occurrence of a series by itself; one event that cannot be read loses only itself."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from shared.errors import TooLarge, UnsupportedFormat, quoted
from shared.formats.calendar.events import BadEvent, Event, event_of
from shared.formats.calendar.lines import unfolded
from shared.formats.calendar.rules import Budget, occurrences
from shared.formats.calendar.sections import Sections
from shared.formats.facts import Meeting
from shared.formats.packed import members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shared.formats.calendar.events import Moment
    from shared.formats.calendar.lines import Readable
    from shared.formats.calendar.rules import Rule
    from shared.formats.calendar.zones import Zone

EARLIEST = 631152000  # 1990
_OLDEST_START = 1970  # of a series that is followed
MOST_OCCURRENCES = 20_000  # of a series: one a day for fifty years
MOST_MEETINGS = 2_000_000
MOST_SERIES = 100_000
_MARK = b"BEGIN:VCALENDAR"


_KeyT = TypeVar("_KeyT")


class Calendar:
    """A calendar while it is read.

    Attributes:
        left_out: how many events say nothing, by reason: `unreadable`, `alone` (nobody is invited), `future`, `old`.
        mine: in how many events each address takes part; the reader's own is in nearly all.
        named: addresses that calendars have as their name: surely the reader's.
    """

    def __init__(self, now: float) -> None:
        self.left_out: Counter[str] = Counter()
        self.mine: Counter[str] = Counter()
        self.named: set[str] = set()
        self._now = now
        self._until = datetime.fromtimestamp(now, UTC).replace(tzinfo=None) + timedelta(days=1)
        self._budget = Budget()
        self._given = 0

    def meetings(self, stream: Readable) -> Iterator[Meeting]:
        """The meetings of a file that have begun.

        Raises:
            TooLarge: its events repeat too often.
        """
        zones: dict[str, Zone] = {}
        series: dict[str, Event] = {}
        changed: dict[tuple[str, datetime], Event] = {}  # occurrences by series and by when they were to be
        for event in self._events(stream, zones):
            if event.replaces is not None:
                _keep_latest(changed, (event.uid, event.replaces.local), event)
            elif event.rules or event.also:
                _keep_latest(series, event.uid, event)
            else:
                yield from self._given_out(event, zones, [event.start.local] if event.start else [])
            if len(series) + len(changed) > MOST_SERIES:
                raise TooLarge(f"The calendar has more than {MOST_SERIES} series: export fewer calendars at once")
        replaced: dict[str, list[Moment]] = {}
        for event in changed.values():
            if (
                event.replaces is not None
                and event.start is not None
                and not _was_deleted(event, series.get(event.uid))
            ):
                replaced.setdefault(event.uid, []).append(event.replaces)
                yield from self._given_out(event, zones, [event.start.local])
        for event in series.values():
            event.never += replaced.get(event.uid, [])
            yield from self._given_out(event, zones, self._times(event, zones))

    def _times(self, event: Event, zones: dict[str, Zone]) -> list[datetime]:
        """When a series takes place, on its clock; only the first time where nobody is invited."""
        start = event.start
        if start is None or not event.attendees or start.local.year < _OLDEST_START:
            return [start.local] if start else []
        times = {start.local} | {moment.local for moment in event.also}
        for rule in event.rules:
            found = occurrences(start.local, rule, until=self._until, most=MOST_OCCURRENCES, budget=self._budget)
            times.update(local for local in found if not _is_past(local, start.seconds(zones, local), rule))
        never = {moment.seconds(zones) for moment in event.never}
        never_days = {moment.local.date() for moment in event.never if moment.whole_day or start.whole_day}
        return sorted(
            local for local in times if start.seconds(zones, local) not in never and local.date() not in never_days
        )

    def _given_out(self, event: Event, zones: dict[str, Zone], times: list[datetime]) -> Iterator[Meeting]:
        start = event.start
        if start is None or not event.attendees:
            self.left_out["alone"] += 1
            return
        length = _length(event, zones)
        people = {attendee.person.address for attendee in event.attendees}
        if event.organizer:
            people.add(event.organizer.address)
        for local in times:
            at = start.seconds(zones, local)
            if not EARLIEST <= at <= self._now:
                self.left_out["future" if at > self._now else "old"] += 1
                continue
            self._given += 1
            if self._given > MOST_MEETINGS:
                raise TooLarge(f"The calendar has more than {MOST_MEETINGS} meetings: export fewer calendars at once")
            self.mine.update(people)
            place = event.replaces.local if event.replaces else local
            identity = f"{event.uid}/{place:%Y%m%dT%H%M%S}"
            yield Meeting(
                identity, at, at + length, event.organizer, tuple(event.attendees), event.status, start.whole_day
            )

    def _events(self, stream: Readable, zones: dict[str, Zone]) -> Iterator[Event]:
        """The events of a file; the zones are filled on the way."""
        sections = Sections(zones)
        for line in unfolded(stream):
            if lines := sections.feed(line):
                try:
                    yield event_of(lines, sections.default_zone)
                except BadEvent:
                    self.left_out["unreadable"] += 1
        if sections.unfinished():
            self.left_out["unreadable"] += sections.unfinished()
        self.named |= sections.named


def calendar_meetings(
    path: Path, calendar: Calendar, on_bytes: Callable[[int], None] = lambda _: None
) -> Iterator[Meeting]:
    """The meetings of an .ics file, of a folder of them, or of an archive such as Takeout's.

    Raises:
        BadRequest: an archive is damaged.
        TooLarge: events repeat too often.
        UnsupportedFormat: no file is a calendar.
    """
    found = False
    for member in members(
        path,
        on_bytes,
        wanted=lambda name: name.lower().endswith((".ics", ".ical", ".ifb", ".icalendar")) or name == path.name,
    ):
        head = member.peek(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
        if head[: len(_MARK)].upper() != _MARK:
            continue
        found = True
        yield from calendar.meetings(member)
    if not found:
        raise UnsupportedFormat(
            f"{quoted(path.name)} has no calendar in it: give an .ics file, or the archive of Takeout"
        )


def _length(event: Event, zones: dict[str, Zone]) -> int:
    """Seconds that an event takes."""
    if event.start is None:
        return 0
    if event.end is not None:
        return max(0, event.end.seconds(zones) - event.start.seconds(zones))
    if event.duration is not None:
        return event.duration // timedelta(seconds=1)
    return 86400 if event.start.whole_day else 0


def _is_past(local: datetime, at: int, rule: Rule) -> bool:
    """Whether an occurrence lies behind the end of its rule, which is in UTC or on the clock of the event."""
    if rule.until is None:
        return False
    if rule.until_is_utc:
        return at > (rule.until.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
    return local > rule.until


def _was_deleted(event: Event, series: Event | None) -> bool:
    """Whether a series says in a later version that a changed occurrence does not take place after all."""
    if series is None or event.replaces is None or event.version >= series.version:
        return False
    return any(moment.local == event.replaces.local for moment in series.never)


def _keep_latest(events: dict[_KeyT, Event], key: _KeyT, event: Event) -> None:
    if key not in events or event.version >= events[key].version:
        events[key] = event
