"""Repeated events: the rules of RFC 5545 (RRULE), for what repeats by days or more."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?Z?)?", re.ASCII)
_DIGITS = re.compile(r"[0-9]+")
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
MOST_DAYS = 20_000_000  # half a minute
_LARGEST = 10_000  # of an interval or a count
_WEEK = 7
_YEARS_AT_MOST = 9999


class Budget:
    """How many days the rules of a file may look at; a file of rules that never fit would run for days."""

    def __init__(self, days: int = MOST_DAYS) -> None:
        self._left = days

    def spend(self, days: int) -> None:
        """Take days off.

        Raises:
            TooLarge: none are left.
        """
        self._left -= days
        if self._left < 0:
            raise TooLarge(
                "The events of the calendar repeat too often: export a shorter time, or fewer calendars at once"
            )


class BadRule(ValueError):
    """The rule cannot be read, or repeats by hours or less."""


class Rule(NamedTuple):
    """A rule.

    Attributes:
        until: the last moment, on the clock of the start, or in UTC if `until_is_utc`.
        days: weekdays (Monday is 0) with their ordinals; 0 is every one.
    """

    frequency: str
    interval: int
    times: int | None
    until: datetime | None
    until_is_utc: bool
    months: frozenset[int]
    weeks: frozenset[int]
    year_days: frozenset[int]
    month_days: frozenset[int]
    days: tuple[tuple[int, int], ...]
    positions: frozenset[int]
    week_start: int


def rule_of(text: str) -> Rule:
    """Read a rule.

    Raises:
        BadRule: it cannot be read.
    """
    parts: dict[str, str] = {}
    for each in text.upper().split(";"):
        name, mark, value = each.strip().partition("=")
        if mark:
            parts[name.strip()] = value.strip()
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise BadRule(frequency)
    return Rule(
        frequency,
        _number(parts.get("INTERVAL", "1")),
        _number(parts["COUNT"])
        if parts.get("COUNT", "-")[:1] not in {"", "-", "0"}
        else None,  # Outlook writes -1 for none
        _end_of(parts["UNTIL"]) if "UNTIL" in parts else None,
        parts.get("UNTIL", "").endswith("Z"),
        _numbers(parts, "BYMONTH", 12),
        _numbers(parts, "BYWEEKNO", 53),
        _numbers(parts, "BYYEARDAY", 366),
        _numbers(parts, "BYMONTHDAY", 31),
        _days(parts.get("BYDAY", "")),
        _numbers(parts, "BYSETPOS", 366),
        _DAYS.get(parts.get("WKST", "MO"), 0),
    )


def moment_of(text: str) -> datetime:
    """A date, or a date with a time, on whatever clock it is.

    Raises:
        BadRule: it is neither.
    """
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise BadRule(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - on the calendar's clock
    except ValueError as error:
        raise BadRule(text) from error


def occurrences(
    start: datetime, rule: Rule, *, until: datetime, most: int, budget: Budget | None = None
) -> list[datetime]:
    """The times at which an event takes place, the first one included, on the clock of the start.

    Args:
        start: the first one.
        rule: how it repeats.
        until: no later ones are looked for.
        most: how many at most.
        budget: what all rules of a file may cost together.

    Raises:
        TooLarge: the budget is spent.
    """
    last = until
    if rule.until is not None:
        last = min(last, rule.until + timedelta(days=1))  # the caller compares exactly: UNTIL may be in UTC
    most = min(most, rule.times or most)
    found = [start]
    budget = budget or Budget()
    for day in _days_of(start.date(), rule, last.date(), budget):
        if len(found) >= most:
            break
        if day > start.date():
            found.append(datetime.combine(day, start.time()))
    return found[:most] if start <= until else []


def _days_of(first: date, rule: Rule, last: date, budget: Budget) -> Iterator[date]:
    """The days of a rule in order, from the period of the first one on."""
    for period in _periods(first, rule, last):
        budget.spend(len(period))
        days = [day for day in period if _fits(day, first, rule)]
        if rule.positions:
            chosen = {
                days[at - 1] if at > 0 else days[at] for at in rule.positions if at and -len(days) <= at <= len(days)
            }
            days = sorted(chosen)
        for day in days:
            if day > last:
                return
            yield day


def _periods(first: date, rule: Rule, last: date) -> Iterator[list[date]]:
    """The days of each period in which the rule may choose some."""
    step = rule.interval
    if rule.frequency == "DAILY":
        day = first
        while day <= last:
            yield [day]
            day = _later(day, step)
    elif rule.frequency == "WEEKLY":
        day = _later(first, -((first.weekday() - rule.week_start) % _WEEK))
        while day <= last:
            yield [_later(day, at) for at in range(_WEEK)]
            day = _later(day, step * _WEEK)
    elif rule.frequency == "MONTHLY":
        month = first.year * 12 + first.month - 1
        while (begin := _month(month)) <= last:
            yield _days_of_month(begin)
            month += step
    else:
        year = first.year
        months = sorted(rule.months) or [first.month]
        if rule.weeks or rule.year_days or ((rule.days or rule.month_days) and not rule.months):
            months = list(range(1, 13))
        while year <= min(last.year, _YEARS_AT_MOST):
            yield [day for month in months for day in _days_of_month(date(year, month, 1))]
            year += step


def _fits(day: date, first: date, rule: Rule) -> bool:
    """Whether a day of a period is one of the rule's; what the rule leaves open is as on the first day."""
    length = 366 if calendar.isleap(day.year) else 365
    year_day = day.timetuple().tm_yday
    month_length = calendar.monthrange(day.year, day.month)[1]
    is_in_week = not rule.weeks or rule.frequency != "YEARLY" or _is_among(_week_of(day, rule.week_start), rule.weeks)
    return (
        (not rule.months or day.month in rule.months)
        and is_in_week
        and (not rule.year_days or bool({year_day, year_day - length - 1} & rule.year_days))
        and (not rule.month_days or bool({day.day, day.day - month_length - 1} & rule.month_days))
        and _fits_weekday(day, first, rule)
    )


def _fits_weekday(day: date, first: date, rule: Rule) -> bool:
    if rule.days:
        return any(_is_day(day, weekday, ordinal, rule) for weekday, ordinal in rule.days)
    if rule.frequency == "WEEKLY" or (rule.frequency == "YEARLY" and rule.weeks):
        return day.weekday() == first.weekday()
    if rule.frequency in {"MONTHLY", "YEARLY"} and not (rule.month_days or rule.year_days):
        return day.day == first.day
    return True


def _is_day(day: date, weekday: int, ordinal: int, rule: Rule) -> bool:
    if day.weekday() != weekday:
        return False
    if not ordinal or rule.frequency in {"DAILY", "WEEKLY"}:
        return True
    if rule.frequency == "MONTHLY" or rule.months:
        at, length = day.day, calendar.monthrange(day.year, day.month)[1]
    else:
        at, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    return ordinal in {(at - 1) // _WEEK + 1, -((length - at) // _WEEK + 1)}


def _week_of(day: date, week_start: int) -> tuple[int, int]:
    """The number of a day's week from the beginning of its year and from the end, the last one being -1."""
    thursday = _later(day, 3 - (day.weekday() - week_start) % _WEEK)  # the fourth day decides whose week it is
    number = (thursday.timetuple().tm_yday - 1) // _WEEK + 1
    length = 366 if calendar.isleap(thursday.year) else 365
    return number, -((length - thursday.timetuple().tm_yday) // _WEEK + 1)


def _is_among(numbers: tuple[int, int], wanted: frozenset[int]) -> bool:
    return numbers[0] in wanted or numbers[1] in wanted


def _days_of_month(begin: date) -> list[date]:
    return [begin + timedelta(days=at) for at in range(calendar.monthrange(begin.year, begin.month)[1])]


def _month(number: int) -> date:
    year = number // 12
    return date(year, number % 12 + 1, 1) if year <= _YEARS_AT_MOST else date.max


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _end_of(text: str) -> datetime:
    """The last moment of a rule; a day without a time ends it when the day ends."""
    until = moment_of(text)
    return until if "T" in text else until.replace(hour=23, minute=59, second=59)


def _number(text: str) -> int:
    if not _DIGITS.fullmatch(text) or not 1 <= int(text[:9]) <= _LARGEST:
        raise BadRule(text)
    return int(text)


def _numbers(parts: dict[str, str], name: str, largest: int) -> frozenset[int]:
    if name not in parts:
        return frozenset()
    found = set()
    for text in parts[name].split(","):
        digits = text.strip().removeprefix("+")
        if not _DIGITS.fullmatch(digits.removeprefix("-")) or not 1 <= abs(int(digits[:5])) <= largest:
            raise BadRule(f"{name}={text}")
        found.add(int(digits))
    return frozenset(found)


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for each in text.split(",") if text else []:
        match = _DAY.fullmatch(each.strip())
        if not match:
            raise BadRule(text)
        found.append((_DAYS[match[2]], int(match[1] or 0)))
    return tuple(found)
