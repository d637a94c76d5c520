"""Read birthdays in the forms that files have: `YYYY-MM-DD`, or `--MM-DD` where the year is not known."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# The year that Apple and Thunderbird's CardBook write for "no year".
NO_YEAR = 1604
# In `3/4/85`: years 00-25 are of this century. A birthday is long past, so the pivot is earlier than for other dates.
TWO_DIGIT_PIVOT = 25
MAX_LENGTH = 100  # characters; a longer text is not a date
LEAP_YEAR = 2000  # the year in which --02-29 exists


class DateOrder(Enum):
    """The meaning of `3/4/2020` in a file."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


# With a time behind it, perhaps without a sign between the two (`19560411230000`).
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*|\d{6}(?:\.\d*)?Z?)?", re.DOTALL)
_NO_YEAR = re.compile(r"--(\d{1,2})-{0,2}(\d{1,2})(?:T.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日일.]?(?:[T ].*)?", re.DOTALL)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:[T ,].*)?", re.DOTALL)
_TWO_NUMBERS = re.compile(r"(\d{1,2})\s*([-/.月월])\s*(\d{1,2})\s*[.日일]?")
_WORDS = re.compile(r"[^\W\d_]+|\d+")

# The words people use for the months, January to December, one language on each line; whole words are matched.
_MONTHS = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
januar februar marz april mai juni juli august september oktober november dezember
jan feb mrz apr mai jun jul aug sept okt nov dez
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
janv fevr mars avr mai juin juil aout sept oct nov dec
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sep oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt apr mei jun jul aug sep okt nov dec
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
januar februar mars april mai juni juli august september oktober november desember
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
sty lut mar kwi maj cze lip sie wrz paz lis gru
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
янв фев мар апр май июн июл авг сен окт ноя дек
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ocak subat mart nisan mayıs haziran temmuz agustos eylul ekim kasım aralık
"""


def parse_birthday(text: str, order: DateOrder = DateOrder.MONTH_FIRST) -> str | None:
    """Read a birthday.

    Args:
        text: in any of the forms that files have: ISO with or without dashes or a time, `--03-04`, `3/4/1985`, `4.3.85`,
            `12 Mar 1990`, `4. März`, `1990年3月4日`.
        order: the meaning of `3/4/1985` where neither number exceeds 12. With dots the day is always first.

    Returns:
        `YYYY-MM-DD` or `--MM-DD`; None where the text is not a date, or stands for "none" (`0/0/00`).
    """
    if len(text) > MAX_LENGTH:
        return None
    text = unicodedata.normalize("NFKC", text).strip()
    found = _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if found:
        return _checked(int(found[1]), int(found[2]), int(found[3]))
    found = _NO_YEAR.fullmatch(text)
    if found:
        return _checked(0, int(found[1]), int(found[2]))
    found = _YEAR_LAST.fullmatch(text)
    if found:
        month, day = _month_and_day(int(found[1]), int(found[3]), found[2], order)
        return _checked(_full_year(found[4]), month, day)
    found = _TWO_NUMBERS.fullmatch(text)
    if found:
        first, second = int(found[1]), int(found[3])
        month, day = (first, second) if found[2] in "月월" else _month_and_day(first, second, found[2], order)
        return _checked(0, month, day)
    return _from_words(text)


def find_order(texts: Iterable[str]) -> DateOrder | None:
    """Find the order of day and month in the rows of a file: the first date with a number over 12 decides.

    Returns:
        The order; None where every date can be read in both orders.
    """
    for text in texts:
        found = _YEAR_LAST.fullmatch(text.strip()) if text else None
        if found and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second:  # noqa: PLR2004
                return DateOrder.DAY_FIRST
            if second > 12 >= first:  # noqa: PLR2004
                return DateOrder.MONTH_FIRST
    return None


def from_parts(year: str, month: str, day: str) -> str | None:
    """A birthday from the three columns that Thunderbird has for it; the year may be empty."""
    if not (month.strip().isdecimal() and day.strip().isdecimal()):
        return None
    return _checked(int(year) if year.strip().isdecimal() else 0, int(month), int(day))


def _month_and_day(first: int, second: int, separator: str, order: DateOrder) -> tuple[int, int]:
    if first > 12 or (second <= 12 and (separator == "." or order is DateOrder.DAY_FIRST)):  # noqa: PLR2004
        return second, first
    return first, second


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:  # noqa: PLR2004
        return year
    return year + (2000 if year <= TWO_DIGIT_PIVOT else 1900)


def _checked(year: int, month: int, day: int) -> str | None:
    """The date as `YYYY-MM-DD` or `--MM-DD`, or None where the calendar has no such day. Years 0 and 1604 stand for an unknown year."""
    without_year = year in (0, NO_YEAR)
    try:
        date(LEAP_YEAR if without_year else year, month, day)
    except ValueError:
        return None
    return f"--{month:02}-{day:02}" if without_year else f"{year:04}-{month:02}-{day:02}"


@cache
def _months() -> dict[str, int]:
    table: dict[str, int] = {}
    for line in _unaccented(_MONTHS).split("\n"):
        for number, word in enumerate(line.split(), start=1):
            table.setdefault(word, number)
    return table


def _unaccented(text: str) -> str:
    """Lower case without the accents of Latin letters, so that `März`, `MÄRZ` and `marz` are equal."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not "\u0300" <= c <= "\u036f")


def _from_words(text: str) -> str | None:
    """Read `12 Mar 1990`, `March 4, 1990`, `4. März`, `Sun, 4 de marzo de 1990`: one month by name, a day, perhaps a year."""
    words = _WORDS.findall(_unaccented(text))
    months = [_months()[word] for word in words if word in _months()]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or not 1 <= len(numbers) <= 2 or len(words) > 6:  # noqa: PLR2004
        return None
    days = [number for number in numbers if len(number) <= 2]  # noqa: PLR2004
    years = [number for number in numbers if len(number) == 4]  # noqa: PLR2004
    if len(numbers) == 2 and not years:  # noqa: PLR2004
        years = days[1:]  # `12-Mar-90`
    if not days:
        return None
    return _checked(_full_year(years[0]) if years else 0, months[0], int(days[0]))
