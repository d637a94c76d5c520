"""What the program prints and asks: the outcome to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH = 30
_EVERY_S = 0.2
_REASONS = {
    "list": "newsletters and lists",
    "auto": "written by programs",
    "role": "from offices such as info@",
    "trash": "in the trash",
    "draft": "drafts",
    "chat": "chats",
    "not_mine": "between others only",
    "no_address": "without an address",
    "no_sender": "without a sender",
    "no_recipient": "without a recipient",
    "no_date": "without a date",
    "alone": "with nobody else",
    "all_day": "whole days",
    "future": "still to come",
    "big": "with more than 30 people",
    "old": "from before 1990",
    "unreadable": "not readable",
}


class Progress:
    """A bar on standard error, where that is a terminal.

    Args:
        words: what is done.
        total: bytes of the whole.
    """

    def __init__(self, words: str, total: int, *, quiet: bool) -> None:
        self._words = words
        self._total = max(total, 1)
        self._shown_at = 0.0
        self._is_shown = sys.stderr.isatty() and not quiet
        self.note = ""

    def bytes_read(self, done: int) -> None:
        """Show how far it is."""
        now = time.monotonic()
        if self._is_shown and now - self._shown_at > _EVERY_S:
            self._shown_at = now
            share = min(1.0, done / self._total)
            bar = "#" * round(share * _WIDTH)
            print(
                f"\r{self._words} [{bar:<{_WIDTH}}] {share:4.0%} {self.note}\033[K", end="", file=sys.stderr, flush=True
            )

    def end(self) -> None:
        """Remove the bar."""
        if self._is_shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def say(text: str = "") -> None:
    """Print a line for the person at the terminal."""
    print(text, file=sys.stderr)


def plain(text: str) -> str:
    """A text of somebody else without what a terminal would obey, or what turns the direction of writing."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def print_json(outcome: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print the outcome for programs."""
    print(json.dumps(outcome, ensure_ascii=False, indent=2))


def reasons(left_out: Mapping[str, int]) -> list[str]:
    """Why messages and events say nothing, in words, the most frequent reason first."""
    ordered = sorted(left_out.items(), key=lambda pair: -pair[1])
    return [f"{times:,} {_REASONS.get(reason, reason.replace('_', ' '))}" for reason, times in ordered if times]


def choose(question: str, options: Sequence[tuple[str, str]], marked: Sequence[str]) -> list[str] | None:
    """Ask which of several are meant; further ones may be typed. None where nobody can be asked.

    Args:
        question: what is asked.
        options: each with what speaks for it.
        marked: what an empty answer means.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    say(question)
    for number, (option, evidence) in enumerate(options, start=1):
        say(f"  {number:>2} {'*' if option in marked else ' '} {option}  ({evidence})")
    say("Numbers or addresses with spaces between them; Enter for those with a star.")
    while True:
        print("> ", end="", file=sys.stderr, flush=True)
        words = sys.stdin.readline().replace(",", " ").split()
        chosen = [options[int(word) - 1][0] if _is_number(word, len(options)) else word.lower() for word in words]
        chosen = chosen or list(marked)
        wrong = [each for each in chosen if "@" not in each and ":" not in each]
        if chosen and not wrong:
            return sorted(set(chosen))
        say(f"{', '.join(wrong) or 'Nothing'} is not one of them: write numbers from 1 to {len(options)}, or addresses")


def _is_number(word: str, largest: int) -> bool:
    return word.isascii() and word.isdecimal() and 1 <= int(word) <= largest
