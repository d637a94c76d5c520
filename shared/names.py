"""Names as people see them: the visible text of a name, without controls and invisible characters."""

from __future__ import annotations

import re
import unicodedata

# Letters and signs that look like a blank: fillers of Korean syllables, the blank of Braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Zero-width characters that are marks by their category: the joiner of graphemes, inherent vowels of Khmer, variation selectors.
_EMPTY = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f") | {
    chr(code) for first, last in ((0xFE00, 0xFE0F), (0xE0000, 0xE0FFF)) for code in range(first, last + 1)
}

# Alphabets whose capitals and small letters look alike; a word of any language is written in one of them.
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
_WORDS = re.compile(r"[^\W\d_]+")
_PRODUCT = "warmpath"
_LOOKALIKES = str.maketrans({
    "0": "o", "1": "l", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "|": "l", "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "т": "t",
    "х": "x", "у": "y", "һ": "h", "ԝ": "w", "ɑ": "a", "ρ": "p", "α": "a", "τ": "t", "ω": "w", "м": "m", "г": "r", "ш": "w", "н": "h",
})  # fmt: skip
# A letter of any language has at most two marks of its own.
_MAX_MARKS = 2
# As long as the longest names of people, and short enough for the subject to keep room for its sentence.
MAX_SENDER = 80

# Name of a person who has neither a visible name nor an address.
NOBODY = "Somebody"
# Name of the self contact of a user without a name and an address.
UNNAMED_SELF = "Me"


def visible_name(name: str | None, *others: str | None) -> str:
    """Return the visible text of a name in one line: for the subject of an e-mail, a sender, a page.

    Controls and line breaks become blanks. Direction marks and zero-width characters are removed, so that no name
    reverses or hides the text beside it.

    Args:
        name: the name as a person wrote it.
        *others: replacements in order, for a name without visible characters.

    Returns:
        The first text with visible characters; empty where none has any.
    """
    for text in (name, *others):
        line = (text or "") if (text or "").isascii() and (text or "").isprintable() else _visible(text or "")
        if line := " ".join(line.split()):
            return line
    return ""


def sender_name(name: str | None, *others: str | None) -> str:
    """Return the visible text of a name that a stranger reads as that of a sender: at most `MAX_SENDER` characters, without marks piled up.

    A name that imitates (`imitates`) is passed over like one without visible characters.
    """
    for text in (name, *others):
        line = _unpiled(visible_name(unicodedata.normalize("NFKC", text or "")))
        if line and not imitates(line):
            return line if len(line) <= MAX_SENDER else line[: MAX_SENDER - 1].rstrip() + "…"
    return ""


def imitates(name: str) -> bool:
    """Whether a name is made to be taken for another one: letters of several alphabets in one word, or the name of the product."""
    plain = unicodedata.normalize("NFKC", visible_name(name))
    if any(len(_alphabets(word)) > 1 for word in _WORDS.findall(plain)):
        return True
    return _PRODUCT in "".join(char for char in plain.casefold().translate(_LOOKALIKES) if char.isalnum())


def _alphabets(word: str) -> set[str]:
    """Those alphabets of a word whose letters look like each other's."""
    return {unicodedata.name(char, "").partition(" ")[0] for char in word if char.isalpha()} & _ALIKE


def _unpiled(text: str) -> str:
    """Remove combining marks beyond the second on one letter."""
    kept: list[str] = []
    piled = 0
    for char in text:
        piled = piled + 1 if unicodedata.category(char) == "Mn" else 0
        if piled <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _visible(text: str) -> str:
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _BLANK:
        return " "
    category = unicodedata.category(char)
    if char in _EMPTY or category == "Cf":
        return ""
    return " " if category in {"Cc", "Cs"} or category[0] == "Z" else char
