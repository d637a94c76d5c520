"""WhatsApp's exported chats, of any language: lines that begin with a date and a time, however these are written."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import TooLarge
from shared.formats.facts import MOST_PEOPLE, Message, Person, made_up_id
from shared.formats.mail.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE = re.compile(
    r"\[?(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})[.,]?\s+(?:a las\s+|um\s+|à\s+)?(午前|午後|上午|下午|오전|오후)?\s?(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s?"
    r"([AaPp]\.?\s?[Mm]\.?|午前|午後|上午|下午|오전|오후)?\]?(?:\s?[-–]\s|\s)(.*)"
)
_LATER_HALF = frozenset({"pm", "午後", "下午", "오후"})
_EARLIER_HALF = frozenset({"am", "午前", "上午", "오전"})
_PHONE = re.compile(r"\+?[\d\s().\-]{7,24}")
_SAMPLE_LINES = 4000
_LONGEST_NAME = 100
_NOON = 12
MOST_MESSAGES = 1_000_000
_FIRST_YEAR, _LAST_YEAR = 2009, 2100
_TITLE = re.compile(
    r"(?:whatsapp chat with|whatsapp chat mit|chat de whatsapp con|chat whatsapp con|discussion whatsapp avec|conversa do whatsapp com|whatsapp-chat mit|whatsapp chat -)\s+(.+?)(?:\.txt)?$",
    re.IGNORECASE,
)


class _Dated(NamedTuple):
    """The beginning of a message."""

    numbers: tuple[int, int, int]
    hour: int
    minute: int
    second: int
    sender: str


def looks_like_chat(lines: Iterable[str]) -> bool:
    """Whether the first lines of a file are those of a chat."""
    dated = [line for line in list(lines)[:20] if _begin(line)]
    return bool(dated)


def messages(lines: Iterable[str], file_name: str) -> Iterator[Message]:
    """The messages of a chat.

    Times are taken as UTC, because the export does not say where they were read.

    Args:
        lines: the file.
        file_name: it names the chat.

    Raises:
        TooLarge: it has more messages than an export can have.
    """
    found: list[_Dated] = []
    for line in lines:
        if dated := _begin(line):
            found.append(dated)
            if len(found) > MOST_MESSAGES:
                raise TooLarge(f"The chat has more than {MOST_MESSAGES} messages: this is not an export of WhatsApp")
    order = _order(found)
    people = list(dict.fromkeys(dated.sender for dated in found if dated.sender))[:MOST_PEOPLE]
    title = title_of(file_name)
    if title and len(people) <= 1 and title not in people:
        people.append(title)  # one of two has not answered yet
    persons = {name: _person(name) for name in people}
    flags = ("chat",) if len(people) <= 2 else ("chat", "group")  # noqa: PLR2004 - the user and another
    chat = title or "|".join(sorted(people))
    in_minute: Counter[tuple[int, str]] = Counter()
    for dated in found:
        at = _seconds(dated, order)
        sender = persons.get(dated.sender)
        if at is None or sender is None:
            continue
        others = tuple(person for each, person in persons.items() if each != dated.sender)
        in_minute[at, dated.sender] += 1
        identity = made_up_id("whatsapp", chat, str(at), dated.sender, str(in_minute[at, dated.sender]))
        yield Message(f"whatsapp-{identity}", at, sender, others, flags=flags)


def names(lines: Iterable[str]) -> list[str]:
    """The names under which messages stand, the most frequent first."""
    counts: dict[str, int] = {}
    for line in lines:
        if (dated := _begin(line)) and dated.sender:
            counts[dated.sender] = counts.get(dated.sender, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])


def title_of(file_name: str) -> str:
    """The partner or the group that a file's name says; empty where it says none."""
    match = _TITLE.search(file_name.rpartition("/")[2])
    return shown(match[1]) if match else ""


def _begin(line: str) -> _Dated | None:
    match = _LINE.match(_MARKS.sub("", line).replace("\u202f", " ").replace("\u00a0", " "))
    if not match:
        return None
    first, _, second, third, half_before, hour, minute, seconds, half, rest = match.groups()
    hours = int(hour)
    word = re.sub(r"[.\s]", "", half or half_before or "").lower()
    if word in _LATER_HALF | _EARLIER_HALF:
        hours = hours % _NOON + (_NOON if word in _LATER_HALF else 0)
    return _Dated((int(first), int(second), int(third)), hours, int(minute), int(seconds or 0), _sender(rest))


def _sender(rest: str) -> str:
    """The name before the first colon; empty for what the program itself says."""
    name, mark, _ = rest.partition(": ")
    if not mark and rest.endswith(":"):
        name, mark = rest[:-1], ":"
    cleaned = shown(name).removeprefix("~").strip()
    return cleaned if mark and 0 < len(cleaned) <= _LONGEST_NAME else ""


def _order(found: list[_Dated]) -> str:
    """Which of three numbers is the day: `ymd`, `dmy` or `mdy`, by the whole file."""
    numbers = [dated.numbers for dated in found[:_SAMPLE_LINES]] + [dated.numbers for dated in found[-_SAMPLE_LINES:]]
    if any(first > 31 for first, _, _ in numbers):  # noqa: PLR2004 - a day has no more
        return "ymd"
    if any(first > 12 for first, _, _ in numbers):  # noqa: PLR2004 - nor a month
        return "dmy"
    if any(second > 12 for _, second, _ in numbers):  # noqa: PLR2004
        return "mdy"
    # Both fit: the order in which time goes on.
    steps = {"dmy": 0, "mdy": 0}
    for order in steps:
        days = [_day(each, order) for each in numbers]
        steps[order] = sum(one > other for one, other in itertools.pairwise(days))
    return "mdy" if steps["mdy"] < steps["dmy"] else "dmy"


def _day(numbers: tuple[int, int, int], order: str) -> tuple[int, int, int]:
    parts = dict(zip(order, numbers, strict=True))
    year = parts["y"] + 2000 if parts["y"] < 100 else parts["y"]  # noqa: PLR2004 - two digits
    return year, parts["m"], parts["d"]


def _seconds(dated: _Dated, order: str) -> int | None:
    year, month, day = _day(dated.numbers, order)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        moment = datetime(year, month, day, dated.hour, dated.minute, dated.second, tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp())


def _person(name: str) -> Person:
    if _PHONE.fullmatch(name):
        return Person("tel:" + re.sub(r"[^\d+]", "", name))
    return Person(f"name:{name.lower()}", name)
