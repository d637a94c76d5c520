"""Time zones of calendars: as a file describes them itself, else by their name."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.formats.calendar.rules import BadRule, occurrences, rule_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_DIGITS = re.compile(r"[0-9]+")
_MOST_ONSETS = 400  # of one observance
_LONGEST_OFFSET = 15 * 3600


class Onset(NamedTuple):
    """A moment from which a clock shows another time.

    Attributes:
        at: by the clock before it.
        offset: seconds east of Greenwich from then on.
        before: likewise, before it.
    """

    at: datetime
    offset: int
    before: int


class Zone:
    """A time zone as a file describes it."""

    def __init__(self, onsets: Sequence[Onset]) -> None:
        self._onsets = sorted(onsets)

    def seconds(self, local: datetime) -> int:
        """Seconds since 1970 of a time on the zone's clocks."""
        offset = self._onsets[0].before
        for onset in self._onsets:
            if onset.at > local:
                break
            offset = onset.offset
        return _naive_seconds(local) - offset


class Observance:
    """A part of a zone's description while it is read: standard or daylight saving time."""

    def __init__(self) -> None:
        self.start: datetime | None = None
        self.offset: int | None = None
        self.before: int | None = None
        self.rule = ""
        self.dates: list[datetime] = []

    def onsets(self) -> list[Onset]:
        """Its onsets; empty where the description is not complete."""
        if self.start is None or self.offset is None:
            return []
        before = self.offset if self.before is None else self.before
        found = [self.start, *self.dates]
        start = self.start
        if self.rule and start.year < _FIRST_YEAR:  # Outlook begins in 1601
            start = start.replace(year=_FIRST_YEAR)
        if self.rule:
            try:
                rule = rule_of(self.rule)
                found += occurrences(start, rule, until=datetime(_LAST_YEAR, 1, 1), most=_MOST_ONSETS)  # noqa: DTZ001
            except BadRule:
                pass
        return [Onset(at, self.offset, before) for at in found]


def zone_name(text: str) -> str:
    """The name of a time zone without what some programs leave around it."""
    return text.strip(' ":')


def offset_of(text: str) -> int | None:
    """Seconds of `+0200` or `-043000`; None for others."""
    digits = text.strip()[1:]
    if text.strip()[:1] not in {"+", "-"} or len(digits) not in {4, 6} or not _DIGITS.fullmatch(digits):
        return None
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:] or 0)
    return None if seconds > _LONGEST_OFFSET else seconds * (-1 if text.strip()[0] == "-" else 1)


def seconds_of(local: datetime, zone: Zone | None, name: str) -> int:
    """Seconds since 1970 of a time on the clocks of a zone by its name, else of one that the file describes, else of UTC.

    The name comes first, because files describe a zone for a few years only.
    """
    if known := _named(name) if name else None:
        return int(local.replace(tzinfo=known).timestamp())
    return zone.seconds(local) if zone is not None else _naive_seconds(local)


@lru_cache(maxsize=256)
def _named(name: str) -> ZoneInfo | None:
    # "/freeassociation.sourceforge.net/Tzfile/Europe/Lisbon" and the like end in the name.
    parts = name.strip("/").split("/")
    for first in range(len(parts)):
        try:
            return ZoneInfo("/".join(parts[first:]))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def _naive_seconds(local: datetime) -> int:
    return (local.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
