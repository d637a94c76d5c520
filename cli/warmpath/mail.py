"""`warmpath mail`: who wrote to whom, out of a mailbox."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.formats.mail.message import read_message
from shared.formats.mail.stores import stored_messages
from warmpath.sending import send
from warmpath.terminal import Progress, choose, print_json, reasons, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shared.formats.facts import Message
    from warmpath.api import Api

_MOST_ADDRESSES = 200_000
_MOST_CANDIDATES = 12
_MOST_SHOWN = 10


class Candidate(NamedTuple):
    """An address that may be the user's, and how often it was sent from, delivered to, or written here."""

    address: str
    sent: int
    delivered: int
    written: int

    @property
    def likeliness(self) -> int:
        """How much speaks for it; mail that was sent from it most."""
        return self.sent * 5 + self.delivered + self.written * 2

    def __str__(self) -> str:
        """What speaks for it, in words."""
        counts = ((self.sent, "sent"), (self.delivered, "delivered to it"), (self.written, "written here"))
        return ", ".join(f"{count:,} {words}" for count, words in counts if count)


class Survey:
    """What a mailbox holds.

    Attributes:
        messages: how many say who wrote to whom.
        left_out: how many do not, by reason.
    """

    def __init__(self) -> None:
        self.messages = 0
        self.left_out: Counter[str] = Counter()
        self.first_at: int | None = None
        self.last_at: int | None = None
        self._hints: dict[str, Counter[str]] = defaultdict(Counter)
        self._names: dict[str, str] = {}
        self._wrote: Counter[str] = Counter()
        self._written_to: dict[str, Counter[str]] = defaultdict(Counter)

    def take(self, message: Message | None, left_out: str, mine: tuple[tuple[str, str], ...]) -> None:
        """Count a message."""
        for address, hint in mine:
            if address in self._hints or len(self._hints) < _MOST_ADDRESSES:
                self._hints[address][hint] += 1
        if message is None:
            self.left_out[left_out] += 1
            return
        self.messages += 1
        self.first_at = message.at if self.first_at is None else min(self.first_at, message.at)
        self.last_at = message.at if self.last_at is None else max(self.last_at, message.at)
        if message.flags or len(self._names) >= _MOST_ADDRESSES:
            return
        sender = message.sender
        self._wrote[sender.address] += 1
        for person in (sender, *message.to, *message.cc):
            self._names[person.address] = person.name or self._names.get(person.address, "")
        if any(hint != "delivered" for _, hint in mine):
            self._written_to[sender.address].update(person.address for person in (*message.to, *message.cc))

    def candidates(self) -> list[Candidate]:
        """The addresses that are likely the user's, the likeliest first."""
        found = [
            Candidate(address, hints["sent"], hints["delivered"], hints["written"])
            for address, hints in self._hints.items()
        ]
        return sorted(found, key=lambda each: (-each.likeliness, each.address))[:_MOST_CANDIDATES]

    def people(self, mine: list[str]) -> list[tuple[str, str, int, int]]:
        """Address, name, messages to them and from them, of people who wrote and were written to; those with most first."""
        to: Counter[str] = Counter()
        for address in mine:
            to.update(self._written_to.get(address, {}))
        both = [address for address in to if self._wrote[address] and address not in mine]
        both.sort(key=lambda address: -min(to[address], self._wrote[address]))
        return [(address, self._names.get(address, ""), to[address], self._wrote[address]) for address in both]


def likely_ones(candidates: list[Candidate]) -> list[str]:
    """The addresses that an empty answer means: all that much mail was sent from, else the likeliest one."""
    most = max((each.sent for each in candidates), default=0)
    sure = [each.address for each in candidates if each.sent and each.sent * 20 >= most]
    return sure or [each.address for each in candidates[:1] if each.likeliness]


def run(options: argparse.Namespace, api: Api, url: str) -> int:
    """Look through a mailbox, ask, and send; return the exit status."""
    path: Path = options.path
    now = time.time()
    survey = Survey()
    progress = Progress(f"Looking through {path.name}", _size(path), quiet=options.json)
    for each in _read(path, now, progress.bytes_read):
        survey.take(*each)
        progress.note = f"{survey.messages:,} messages"
    progress.end()
    candidates = survey.candidates()
    mine = options.mine or choose(
        "Which addresses are yours?", [(each.address, str(each)) for each in candidates], likely_ones(candidates)
    )
    if not mine:
        listed = ", ".join(each.address for each in candidates) or "none found"
        say(f"Say which addresses are yours: --mine me@example.com (likely ones: {listed})")
        return 2
    people = survey.people(mine)
    if not options.json:
        _show(survey, people)
    outcome: dict[str, Any] = {
        "messages": survey.messages,
        "left_out": dict(survey.left_out),
        "mine": mine,
        "people": [
            {"address": address, "name": name, "sent": sent, "received": received}
            for address, name, sent, received in people
        ],
    }
    if not options.dry_run:
        outcome |= _send(options, api, url, mine, now)
    if options.json:
        print_json(outcome)
    return 0


def _send(options: argparse.Namespace, api: Api, url: str, mine: list[str], now: float) -> dict[str, Any]:
    path: Path = options.path
    progress = Progress(f"Sending {path.name}", _size(path), quiet=options.json)
    lines = (message.line() for message, _, _ in _read(path, now, progress.bytes_read) if message)
    outcome = send(
        api, path, lines, kind="mail_file", of="messages", name=options.name or path.name, mine=mine, url=url
    )
    progress.end()
    if not options.json:
        say(f"{outcome.counted:,} messages counted, {outcome.known:,} known before")
        for reason in reasons(outcome.left_out):
            say(f"  left out: {reason}")
    return {"sent": outcome.as_dict()}


def _read(
    path: Path, now: float, on_bytes: Callable[[int], None]
) -> Iterator[tuple[Message | None, str, tuple[tuple[str, str], ...]]]:
    for stored in stored_messages(path, on_bytes):
        if stored.folder not in {"", "sent"}:
            yield None, stored.folder, ()
        else:
            yield read_message(stored.head, now=now, from_line=stored.line, is_sent=stored.folder == "sent")


def _show(survey: Survey, people: list[tuple[str, str, int, int]]) -> None:
    say(f"{survey.messages:,} messages{_period(survey)}")
    for reason in reasons(survey.left_out):
        say(f"  left out: {reason}")
    say(f"{len(people):,} people wrote to you and you to them")
    for address, name, sent, received in people[:_MOST_SHOWN]:
        say(f"  {name or address}: {sent:,} to them, {received:,} from them")
    if len(people) > _MOST_SHOWN:
        say(f"  and {len(people) - _MOST_SHOWN:,} more")


def _period(survey: Survey) -> str:
    if survey.first_at is None or survey.last_at is None:
        return ""
    first, last = (time.strftime("%Y-%m-%d", time.gmtime(at)) for at in (survey.first_at, survey.last_at))
    return f", {first} to {last}"


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size
