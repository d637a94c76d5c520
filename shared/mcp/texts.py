"""Texts by other people on their way to a model: as data, and without what a reader would not see.

Names, notes, answers and imported fields are all written by somebody who may want a model to do something. They leave as values of JSON
alone, without invisible signs, in which instructions can hide from the user who looks at them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

LINE, NOTE, OTHERS_NOTE = 300, 4_000, 500
_MANY_LINES = re.compile(r"\n{3,}")
# Letters that show as a blank, and variation selectors, of which long runs can spell a hidden text.
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SELECTORS = ("\ufe00", "\ufe0e")
_MORE_SELECTORS = ("\U000e0100", "\U000e01ef")


def clean(text: str, most: int = LINE) -> str:
    """Return a text as people see it, cut where it is longer than `most` characters."""
    if text.isascii() and text.isprintable():
        shown = text.strip()
    else:
        shown = _MANY_LINES.sub("\n\n", "".join(sign for sign in text if _shows(sign))).strip()
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def cleaned(value: Any, most: int = LINE) -> Any:
    """Clean every text of a document, keys included."""
    if isinstance(value, str):
        return clean(value, most)
    if isinstance(value, list):
        return [cleaned(item, most) for item in value]
    if isinstance(value, dict):
        return {clean(key): cleaned(item, most) for key, item in value.items()}
    return value


def _shows(sign: str) -> bool:
    if sign in "\n\t":
        return True
    selects = _SELECTORS[0] <= sign <= _SELECTORS[1] or _MORE_SELECTORS[0] <= sign <= _MORE_SELECTORS[1]
    return (
        unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        and sign not in _BLANKS
        and not selects
    )
