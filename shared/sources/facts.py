"""Lines of messages and events as facts: who, to whom, when, and what each is worth. Texts have no place in them."""

from __future__ import annotations

import hashlib
import json
import math
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import MAX_QUOTED_VALUE
from shared.sources.addresses import address_of, is_machine, is_role, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_LINES = 5_000
MAX_BYTES = 8 * 1024 * 1024
MAX_ERRORS = 100
# An event with more people makes no ties, nor does a message among its recipients.
MAX_MEETING = 30
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# How far a clock may be ahead, or a time zone wrong.
CLOCK_SKEW = timedelta(days=1)

# Weights in messages to one person (docs/strength.md).
MEETING = 5 / 3
CALL = 7 / 6
CHAT = 0.35
NOT_ANSWERED = 0.5  # of a meeting to which the user has neither said yes nor no

_MAX_ID = 2_000
_MAX_PEOPLE = 2_000
_MAX_NAME = 200
# What a flag of a reader says of a message: why it is left out. Unknown flags are a reason of their own.
_LEFT_OUT = {
    "list": "list", "bulk": "list", "newsletter": "list", "promotion": "list", "auto": "auto", "machine": "auto", "noreply": "auto",
    "bounce": "auto", "report": "auto", "spam": "spam", "junk": "spam", "trash": "trash", "deleted": "trash", "draft": "draft",
}  # fmt: skip
_CALL_FLAGS = frozenset({"call"})
_CHAT_FLAGS = frozenset({"chat", "message", "sms"})
_IDLE_FLAGS = frozenset(
    {"sent", "out", "received", "in", "reply", "forward", "group", "direct", "starred", "important", "mail"}
)
_FLAG = re.compile(r"[a-z][a-z_-]{0,29}")
_CHAT_KINDS = frozenset({"chat_file", "linkedin"})
_MESSAGE_FIELDS = frozenset({"id", "at", "from", "to", "cc", "bcc", "flags"})
_EVENT_FIELDS = frozenset({"id", "start", "end", "organizer", "attendees", "status"})
_PERSON_FIELDS = frozenset({"address", "name", "status"})
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]+")
_DAY = re.compile(r"\d{4}-?\d\d-?\d\d")
_WHOLE_DAY = timedelta(hours=23)


class Origin(NamedTuple):
    """What lines are read by.

    Attributes:
        kind: of the source.
        own: the user's addresses in the source.
        salt: of the user's hashes.
        kept_away: addresses of people whom the user has forgotten for good, or who do not want to be counted here.
    """

    kind: str
    own: frozenset[str]
    salt: bytes
    kept_away: frozenset[str] = frozenset()


class BadLine(Exception):
    """A line that cannot be used.

    Attributes:
        field: the name of the field at fault.
        message: what would be right.
        value: what the line has there.
    """

    def __init__(self, field: str, message: str, value: object = None) -> None:
        self.field = field
        self.message = message
        self.value = value
        super().__init__(message)


class Fact(NamedTuple):
    """One message or event, in the order of the columns of `facts`.

    Attributes:
        hash: eight bytes of its salted id.
        s: seconds since 2020-01-01.
        left_out: why it says nothing of a tie; None where it does.
        kind: m message, t text of a chat, c call, e event.
        n: how many people got it.
        own: the weight of ties of the user.
        others: the weight of ties between others.
        sender: an address, "" for the user; None where no person sent it.
        recipients: likewise.
    """

    hash: int
    s: int
    left_out: str | None
    kind: str
    n: int
    own: float
    others: float
    sender: str | None
    recipients: list[str]


class Batch(NamedTuple):
    """What became of lines.

    Attributes:
        received: how many there were.
        facts: those that could be read.
        names: pairs of address and name.
        later: how many events have not begun; they count when they have.
        failed: how many lines could not be used.
        errors: the first of them, each with line, field, message and value.
    """

    received: int
    facts: list[Fact]
    names: set[tuple[str, str]]
    later: int
    failed: int
    errors: list[dict[str, Any]]


class Reader:
    """Reads lines of one source.

    Attributes:
        names: the pairs of address and name that were met.
    """

    def __init__(self, origin: Origin, now: datetime) -> None:
        self._origin = origin
        self._now = now
        self._addresses: dict[str, str | None] = {}
        self._people: dict[str, str] = {}
        self.names: set[tuple[str, str]] = set()

    @property
    def addresses(self) -> dict[str, int]:
        """All addresses that were met, each with the hash by which it stands on the list of forgotten ones."""
        met = {address for address in self._addresses.values() if address is not None} - self._origin.own
        return {address: self._digest("a:" + key_of(address)) for address in sorted(met)}

    def message(self, line: dict[str, Any]) -> Fact:
        """Read a message.

        Raises:
            BadLine: names the field at fault.
        """
        _known_fields(line, _MESSAGE_FIELDS)
        number = self._hash("m:", line)
        at = _moment(line, "at")
        if not EARLIEST <= at <= self._now + CLOCK_SKEW:
            raise BadLine("at", "write a time in the past, after 1989", line["at"])
        if "from" not in line:
            raise BadLine("from", 'is required: who sent it, {"address": ..}')
        sender = self._person(line["from"], "from")
        people = [person for field in ("to", "cc", "bcc") for person in self._persons(line, field)]
        reason, kind = self._flags(line)
        n = len({person[0] or ("?", place) for place, person in enumerate(people)})
        recipients = {person[0] for person in people if person[0]}
        own = self._origin.own
        mine, with_me = sender[0] in own, not own.isdisjoint(recipients)
        others = recipients - own
        if reason is None:
            reason, wanted = self._reason(sender[0], mine=mine, with_me=with_me, others=others)
        else:
            wanted = set()
        seconds = int((at - EPOCH).total_seconds())
        if reason is not None:
            return Fact(number, seconds, reason, kind, n, 0, 0, None, [])
        n = max(n, 1)
        worth = {"m": 1.0, "t": CHAT, "c": CALL}[kind]
        self._keep_names([sender, *people], wanted | ({sender[0]} if sender[0] else set()))
        return Fact(
            number, seconds, None, kind, n, worth * n**-0.5, (worth if kind != "m" else 1.0) / n,
            "" if mine else sender[0], sorted(wanted) + ([""] if with_me and not mine else []),
        )  # fmt: skip

    def event(self, line: dict[str, Any]) -> Fact | None:
        """Read an event; None for one that has not begun.

        Raises:
            BadLine: names the field at fault.
        """
        _known_fields(line, _EVENT_FIELDS)
        number = self._hash("e:", line)
        start, whole_day = _start(line)
        if start < EARLIEST:
            raise BadLine("start", "write a time after 1989", line["start"])
        if start > self._now:
            return None
        organizer = (
            self._person(line["organizer"], "organizer") if line.get("organizer") is not None else (None, None, "")
        )
        attendees = self._persons(line, "attendees")
        own = self._origin.own
        said = {person[0]: person[2] for person in attendees if person[0]}
        mine = organizer[0] in own
        my_words = [said[address] for address in said.keys() & own]
        there = {address for address, status in said.items() if status != "declined"} | (
            {organizer[0]} if organizer[0] else set()
        )
        people = {a for a in there - own if not (is_machine(a) or is_role(a))}
        others = people - self._origin.kept_away
        seconds = int((start - EPOCH).total_seconds())
        reason = None
        if str(line.get("status") or "").lower() in {"cancelled", "canceled"}:
            reason = "cancelled"
        elif whole_day:
            reason = "all_day"
        elif not mine and not my_words:
            reason = "not_mine"
        elif not mine and all(word == "declined" for word in my_words):
            reason = "declined"
        elif len(there - own) + 1 > MAX_MEETING:
            reason = "big"
        elif not others:
            reason = "forgotten" if people else "alone"
        if reason is not None:
            return Fact(number, seconds, reason, "e", len(there), 0, 0, None, [])
        sure = mine or any(word not in {"needs-action", "tentative"} for word in my_words)
        worth = MEETING * (1 if sure else NOT_ANSWERED) * len(others) ** -0.5
        host = "" if mine else organizer[0] if organizer[0] in others else None
        self._keep_names([organizer, *attendees], others)
        recipients = sorted(others - {host}) if host else sorted(others)
        return Fact(
            number, seconds, None, "e", len(others), worth, 1 / len(others), host, recipients + ([] if mine else [""])
        )

    def _reason(
        self, sender: str | None, *, mine: bool, with_me: bool, others: set[str]
    ) -> tuple[str | None, set[str]]:
        """Why a message says nothing of a tie, or None, and the people among its other recipients."""
        people = {a for a in others if a != sender and not (is_machine(a) or is_role(a))}
        wanted = people - self._origin.kept_away
        reason = None
        if mine:
            if not wanted:
                reason = "forgotten" if people else "role" if others else "alone"
        elif not with_me:
            reason = "not_mine"
        elif sender is None:
            reason = "no_address"
        elif is_machine(sender):
            reason = "auto"
        elif is_role(sender):
            reason = "role"
        elif sender in self._origin.kept_away:
            reason = "forgotten"
        return reason, set() if reason else wanted

    def _flags(self, line: dict[str, Any]) -> tuple[str | None, str]:
        flags = line.get("flags") or []
        if not isinstance(flags, list) or any(not isinstance(flag, str) for flag in flags):
            raise BadLine("flags", 'write a list of words such as ["list"]', flags)
        kind, reason = "t" if self._origin.kind in _CHAT_KINDS else "m", None
        for flag in flags:
            word = flag.strip().lower()
            if word in _CALL_FLAGS:
                kind = "c"
            elif word in _CHAT_FLAGS:
                kind = "t"
            elif word not in _IDLE_FLAGS:
                if not _FLAG.fullmatch(word):
                    raise BadLine("flags", 'write words such as "list" or "auto"', flag)
                reason = reason or _LEFT_OUT.get(word, word)
        return reason, kind

    def _hash(self, prefix: str, line: dict[str, Any]) -> int:
        value = line.get("id")
        if not isinstance(value, str) or not value.strip() or len(value) > _MAX_ID:
            raise BadLine("id", f"write the id as a text of 1 to {_MAX_ID:,} characters", value)
        return self._digest(prefix + value.strip())

    def _digest(self, text: str) -> int:
        digest = hashlib.sha256(self._origin.salt + text.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big", signed=True)

    def _persons(self, line: dict[str, Any], field: str) -> list[tuple[str | None, str | None, str]]:
        given = line.get(field)
        if given is None:
            return []
        if not isinstance(given, list) or len(given) > _MAX_PEOPLE:
            raise BadLine(field, f'write a list of at most {_MAX_PEOPLE:,} people, each {{"address": ..}}', given)
        return [self._person(person, field) for person in given]

    def _person(self, given: Any, field: str) -> tuple[str | None, str | None, str]:
        """Address (None: of no person), name and status of a person."""
        if (
            not isinstance(given, dict)
            or not given.keys() <= _PERSON_FIELDS
            or not isinstance(given.get("address"), str)
        ):
            raise BadLine(field, 'write a person as {"address": "ana@example.com", "name": "Ana Lima"}', given)
        text, name, status = given["address"], given.get("name"), given.get("status")
        if name is not None and not isinstance(name, str):
            raise BadLine(field, "write the name as a text", given)
        try:
            address = self._addresses[text]
        except KeyError:
            address = self._addresses[text] = address_of(text)
        return address, name, status.strip().lower().replace("_", "-") if isinstance(status, str) else ""

    def _keep_names(self, people: Iterable[tuple[str | None, str | None, str]], wanted: set[str]) -> None:
        for address, name, _ in people:
            if name and address in wanted and address not in self._origin.own:
                clean = " ".join(_UNSAFE.sub(" ", name).split())[:_MAX_NAME].encode("utf-8", "ignore").decode()
                if clean and "@" not in clean:
                    self.names.add((str(address), clean))


def read_lines(
    lines: Iterable[bytes], read: Callable[[dict[str, Any]], Fact | None], names: set[tuple[str, str]]
) -> Batch:
    """Read the lines of a batch; a line that cannot be used is noted, and the others count.

    Raises:
        ValueError: there are more than `MAX_LINES`.
    """
    received = later = failed = 0
    facts: list[Fact] = []
    errors: list[dict[str, Any]] = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        received += 1
        if received > MAX_LINES:
            raise ValueError(f"send at most {MAX_LINES:,} lines at a time")
        try:
            fact = read(_object(text))
        except BadLine as bad:
            failed += 1
            if len(errors) < MAX_ERRORS:
                errors.append({"line": number, "field": bad.field, "message": bad.message, "value": _shown(bad.value)})
            continue
        if fact is None:
            later += 1
        else:
            facts.append(fact)
    return Batch(received, facts, names, later, failed, errors)


def copy_rows(facts: Iterable[Fact]) -> bytes:
    """The facts as COPY text, in the order of the table's columns."""
    rows = []
    for f in facts:
        people = ",".join(f'"{address}"' for address in f.recipients)
        sender = r"\N" if f.sender is None else f.sender
        left_out = r"\N" if f.left_out is None else f.left_out
        rows.append(f"{f.hash}\t{f.s}\t{left_out}\t{f.kind}\t{f.n}\t{f.own!r}\t{f.others!r}\t{sender}\t{{{people}}}\n")
    return "".join(rows).encode()


def _object(text: bytes) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        raise BadLine(
            "line", "write one JSON object on each line", text[:MAX_QUOTED_VALUE].decode("utf-8", "replace")
        ) from None
    if not isinstance(line, dict):
        raise BadLine("line", "write one JSON object on each line", line)
    return line


def _known_fields(line: dict[str, Any], known: frozenset[str]) -> None:
    unknown = line.keys() - known
    if unknown:
        raise BadLine(
            min(unknown)[:MAX_QUOTED_VALUE],
            f"is not read; a line has {', '.join(sorted(known))}, and never a text or a subject",
        )


def _moment(line: dict[str, Any], field: str) -> datetime:
    value = line.get(field)
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
        if at is not None and at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise BadLine(field, "write a time with its offset, such as 2026-03-31T09:30:00Z", value)


def _start(line: dict[str, Any]) -> tuple[datetime, bool]:
    """When an event begins, and whether it takes whole days."""
    value = line.get("start")
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return datetime.fromisoformat(value).replace(tzinfo=UTC), True
        except ValueError:
            raise BadLine("start", "write a time or a day that there is", value) from None
    start = _moment(line, "start")
    if line.get("end") is None or (isinstance(line["end"], str) and _DAY.fullmatch(line["end"])):
        return start, False
    return start, _moment(line, "end") - start > _WHOLE_DAY


def _shown(value: object) -> str | None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text[:MAX_QUOTED_VALUE].replace("\0", "")
