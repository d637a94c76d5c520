"""Dates of mail headers as seconds since 1970, also those that no standard describes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

# The common form first: Tue, 1 Jul 2003 10:52:37 +0200
_COMMON = re.compile(
    r"(?:[A-Za-z]{3}, *)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))? ?([+-]\d{4})(?: \([^)]*\))?$",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?", re.IGNORECASE | re.ASCII
)
_AROUND_COLON = re.compile(r" *: *")
_COMMENT = re.compile(r"\([^()]*\)")
_TIME = re.compile(r"(?<![\d:.])(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?![\d:])(?: ?([AaPp])\.?[Mm]\b)?", re.ASCII)
_ZONE = re.compile(r"(?<![\d+-])(?:GMT|UTC)?([+-])(\d\d):?(\d\d)(?!\d)", re.IGNORECASE | re.ASCII)
_LETTERS = re.compile("[A-Za-zÀ-ɏ]+")
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)", re.ASCII)
_MONTHS = {
    name: month
    for month, names in enumerate(
        [
            "jan",
            "feb fév fev",
            "mar mär mrz",
            "apr avr abr",
            "may mai mei maj",
            "jun",
            "jul",
            "aug aoû ago",
            "sep set",
            "oct okt out ott",
            "nov",
            "dec dez déc dic",
        ],
        start=1,
    )
    for name in names.split()
} | {"juin": 6, "juil": 7, "juillet": 7, "juni": 6, "juli": 7}
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "AST": -4, "ADT": -3, "WEST": 1, "BST": 1, "CET": 1, "MET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "HKT": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_HOUR = 3600
_DAY = 24 * _HOUR
_MOST_ZONE = 14 * _HOUR  # beyond it a zone such as +2400 is noise, and the time is read as UTC
_NOON = 12
_LONGEST = 200  # characters in which a date stands
# A year of two digits: RFC 5322 reads 50 to 99 as the last century.
_CENTURY_BREAK = 50
_LONG_YEAR = 4
_EPOCH = date(1970, 1, 1).toordinal()


def seconds_of(text: str) -> int | None:
    """Seconds since 1970 of a header's date; None where it cannot be read.

    Args:
        text: single-spaced, as `spaced` makes it.
    """
    if match := _COMMON.match(text):
        day, name, year, hour, minute, second, zone = match.groups()
        month = _MONTHS.get(name.lower())
        if month:
            seconds = _seconds(int(year), month, int(day), int(hour), int(minute), int(second or 0))
            return None if seconds is None else seconds - _offset(zone[0], zone[1:3], zone[3:])
    return _lenient(text[:_LONGEST])


def _lenient(text: str) -> int | None:
    if match := _ISO.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        seconds = _seconds(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
        if seconds is None or not zone or zone[0] not in "+-":
            return seconds
        return seconds - _offset(zone[0], zone[1:3], zone[-2:])
    rest = _AROUND_COLON.sub(":", _COMMENT.sub(" ", text))
    time = _TIME.search(rest)
    if not time:
        return None
    hour = int(time[1])
    if time[4]:
        hour = hour % _NOON + (_NOON if time[4] in "pP" else 0)
    before, behind = rest[: time.start()], rest[time.end() :]
    offset, behind = _zone_of(behind)
    date = _date_of(before + " " + behind)
    if date is None:
        return None
    seconds = _seconds(*date, hour, int(time[2]), int(time[3] or 0))
    return None if seconds is None else seconds - offset


def _zone_of(text: str) -> tuple[int, str]:
    """Seconds east of Greenwich that stand behind a time, and the text without them."""
    if zone := _ZONE.search(text):
        return _offset(zone[1], zone[2], zone[3]), text[: zone.start()] + " " + text[zone.end() :]
    for word in _LETTERS.finditer(text):
        if (hours := _ZONES.get(word[0].upper())) is not None:
            return hours * _HOUR, text
    return 0, text


def _date_of(text: str) -> tuple[int, int, int] | None:
    """Year, month and day out of `Di, 1 Jul 2003`, `Jul  1 ... 2003` or `1-Jul-03`."""
    month = 0
    for word in _LETTERS.finditer(text):
        name = word[0].lower()
        month = _MONTHS.get(name) or _MONTHS.get(name[:3], 0)
        if month:
            break
    numbers = [number[0] for number in _NUMBER.finditer(text)]
    if not month or len(numbers) < 2:  # noqa: PLR2004 - a day and a year
        return None
    first, second = numbers[0], numbers[1]
    if len(first) == _LONG_YEAR:
        first, second = second, first
    if len(first) > 2:  # noqa: PLR2004 - a day has two digits
        return None
    if len(second) == 3:  # noqa: PLR2004 - the year 103 is a program's mistake
        return None
    year = int(second)
    if len(second) <= 2:  # noqa: PLR2004
        year += 2000 if year < _CENTURY_BREAK else 1900
    return year, month, int(first)


def _offset(sign: str, hours: str, minutes: str) -> int:
    seconds = int(hours) * _HOUR + int(minutes) * 60
    if seconds > _MOST_ZONE:
        return 0
    return -seconds if sign == "-" else seconds


def _seconds(year: int, month: int, day: int, *time: int) -> int | None:
    """Seconds of a date in UTC; None where the calendar does not have it. A second of 60 is a leap second."""
    hour, minute, second = time
    if not (year and 1 <= month <= 12 and 1 <= day <= 31 and hour <= 24 and minute <= 59 and second <= 60):  # noqa: PLR2004
        return None
    days = date(year, month, 1).toordinal() - _EPOCH + day - 1  # the 31st of a short month is one of the next
    return days * _DAY + hour * _HOUR + minute * 60 + second


def rfc3339(seconds: int) -> str:
    """Seconds since 1970 as `2003-07-01T08:52:37Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
