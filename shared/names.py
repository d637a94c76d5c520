"""Names as people see them: the visible text of a name, without controls and invisible characters."""

from __future__ import annotations

import unicodedata

# Letters and signs that look like a blank: fillers of Korean syllables, the blank of Braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Zero-width characters that are marks by their category: the joiner of graphemes, inherent vowels of Khmer, variation selectors.
_EMPTY = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f") | {
    chr(code) for first, last in ((0xFE00, 0xFE0F), (0xE0000, 0xE0FFF)) for code in range(first, last + 1)
}

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


def _visible(text: str) -> str:
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _BLANK:
        return " "
    category = unicodedata.category(char)
    if char in _EMPTY or category == "Cf":
        return ""
    return " " if category in {"Cc", "Cs"} or category[0] == "Z" else char
