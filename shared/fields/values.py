"""Read values of custom fields: what fits a kind, and the one form in which it is kept."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from shared.errors import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KINDS = ("text", "number", "date", "choice", "url", "contact")
MAX_CHOICES = 100
# Thousands are set apart by commas, spaces, or apostrophes, in groups of three.
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d{1,3}(?:[ '\u2019\u00a0\u202f]\d{3})+(?:\.\d+)?", re.ASCII)
_SEPARATORS = re.compile(r"[ ,'\u2019\u00a0\u202f]")
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)
_PAGE = re.compile(r"(?:https?://)?[^\s/@:]+(?:\.[^\s/@:]+)+(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def read_value(kind: str, choices: Sequence[str], text: str) -> str:
    """Return a value in the form in which it is kept.

    Args:
        kind: one of `KINDS`.
        choices: those of a choice.
        text: the value as it was written.

    Returns:
        A text as it is; a number as JSON writes it, without an exponent; a day as YYYY-MM-DD; a choice as it is spelled; the address of a page
        with its scheme; the id of a contact, which may not exist.

    Raises:
        ValueError: it does not fit.
    """
    return _READERS[kind](text.strip(), choices)


def _text(text: str, _: Sequence[str]) -> str:
    return text


def _number(text: str, _: Sequence[str]) -> str:
    plain = _SEPARATORS.sub("", text) if _GROUPED.fullmatch(text) else text
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"{quoted(text)} is not a number of at most 15 digits, like 1200 or -3.5")
    number = Decimal(plain)
    written = format(number, "f")
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if number == 0 else written


def _date(text: str, _: Sequence[str]) -> str:
    found = _ISO_DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1] if found else "").isoformat()
    except ValueError:
        raise ValueError(f"{quoted(text)} is not a date: write YYYY-MM-DD") from None


def _choice(text: str, choices: Sequence[str]) -> str:
    for choice in choices:
        if choice.casefold() == text.casefold():
            return choice
    raise ValueError(f"{quoted(text)} is not one of {', '.join(choices)}")


def _url(text: str, _: Sequence[str]) -> str:
    if not _PAGE.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not the address of a page, like https://example.com/fund")
    return text if _SCHEME.match(text) else f"https://{text}"


def _contact(text: str, _: Sequence[str]) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError(f"{quoted(text)} is not the id of a contact") from None


_READERS: dict[str, Callable[[str, Sequence[str]], str]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "choice": _choice,
    "url": _url,
    "contact": _contact,
}
