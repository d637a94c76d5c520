"""Name as people see them: what is written of a name, and whether anything is."""

from __future__ import annotations

import unicodedata

# Letters and signs that show nothing: fillers of Korean syllables, the blank of Braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Zero-width characters that are marks by their category: the joiner of graphemes, inherent vowels of Khmer, variation selectors.
_EMPTY = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f") | {
    chr(code) for first, last in ((0xFE00, 0xFE0F), (0xE0000, 0xE0FFF)) for code in range(first, last + 1)
}

# Who has no name that shows anything, and no address to stand in its place.
NOBODY = "Somebody"


def visible_name(name: str | None, *others: str | None) -> str:
    """A name in one line without anything that nobody sees: for the subject of an e-mail, a sender, a page.

    Controls and line breaks are blanks; marks of direction and zero-width characters go, so that no name turns or hides
    what stands beside it.

    Args:
        name: as somebody wrote it.
        *others: what stands in its place where it shows nothing, the first that does.

    Returns:
        The first that shows something; empty where none does.
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
