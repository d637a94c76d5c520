"""Bring the phones of a file into order: mend what spreadsheets have done to them, and distinguish numbers from words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.contacts.addresses import visible
from shared.contacts.importing.labels import is_custom_label
from shared.contacts.importing.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterable

# Most numbers, which need nothing.
_is_plain = re.compile(r"\+?[1-9(][\d ()/-]{5,24}").fullmatch
_ROUNDED = re.compile(r"\+?\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_FLOAT = re.compile(r"(\+?\d{5,})[.,]0+")
_THOUSANDS = re.compile(r"\+?\d{1,3}(?:,\d{3}){2,}(?:\.0+)?|\d{1,3}(?:\.\d{3}){3,}")
_FORMULA = re.compile(r"=\s*\"?\s*([^\"]*?)\"?")
_LABEL = re.compile(r"([^\W\d_][^:\d]{0,40}):\s*(?=[+(\d\uff0b])")
_LABEL_BEHIND = re.compile(r"(.*\d)\s*\(([^()\d]+)\)")
_TRUNK = re.compile(r"((?:\+|00)\d{1,3})\s*\(\s*0\s*\)\s*")
_NUMBER = re.compile(r"\+?\d[\d ().-]{5,24}")
_LEAST_DIGITS = 7


class Phones:
    """The phones of a contact.

    Attributes:
        numbers: the numbers, each once, in order.
        words: texts without any digit, such as "see notes".
        rounded: numbers that have lost their last digits (`4.47E+11`).
        labelled: numbers by the label that a person wrote beside them (`Yacht: +44 ...`).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.numbers: list[str] = []
        self.words: list[str] = []
        self.rounded: list[str] = []
        self.labelled: dict[str, str] = {}
        for text in texts:
            self._add(text)
        self.numbers = list(dict.fromkeys(self.numbers))

    def _add(self, text: str) -> None:
        if _is_plain(text):
            self.numbers.append(text)
            return
        text = visible(text)
        if (formula := _FORMULA.fullmatch(text)) is not None:
            text = formula[1]
        if _ROUNDED.fullmatch(text):
            self.rounded.append(text)
            return
        text = _mended(text)
        if is_placeholder(text, short=True) or not text.strip("0 +-./()"):
            return
        if not any(map(str.isdecimal, text)):
            self.words.append(text)
            return
        for part in _parts(text):
            self._add_labelled(part)

    def _add_labelled(self, text: str) -> None:
        number, label = text, ""
        if (before := _LABEL.match(text)) is not None:
            number, label = text[before.end() :], before[1]
        elif (behind := _LABEL_BEHIND.fullmatch(text)) is not None:
            number, label = behind[1], behind[2]
        number = _TRUNK.sub(r"\1 ", number)  # nobody dials the zero behind the code of the country
        if label and is_custom_label(label):
            self.labelled[label.strip()] = number
        self.numbers.append(number)


def needs_nothing(texts: Iterable[str]) -> bool:
    """Whether all of these are plain numbers, as most are."""
    return all(map(_is_plain, texts))


def _mended(text: str) -> str:
    """The number that a spreadsheet has written as a fraction (`447911123456.0`) or in thousands (`447,911,123,456`)."""
    if (whole := _FLOAT.fullmatch(text)) is not None:
        return whole[1]
    if _THOUSANDS.fullmatch(text):
        return re.sub(r"\.0+$", "", text).replace(",", "").replace(".", "")
    return text


def _parts(text: str) -> list[str]:
    """The numbers of a list without blanks (`+34 600 100 200,+34 600 100 201`), else the text as it is."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and all(
        _NUMBER.fullmatch(part) and sum(map(str.isdigit, part)) >= _LEAST_DIGITS for part in parts
    ):
        return parts
    return [text]
