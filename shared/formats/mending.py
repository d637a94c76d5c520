"""Text that a program has spoilt on its way into a file, as it was: HTML entities, and UTF-8 that was taken for another code."""

from __future__ import annotations

import codecs
import html
import re

_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_MOST_TURNS = 2  # some programs write `&amp;#39;`, and some files went wrong twice
# UTF-8 that was read as Latin-1 or Windows-1252 begins its characters with one of these, and goes on with a sign or an accent.
_TWICE = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)

# The byte of each character of Windows-1252; its five empty places are control characters, as browsers read them.
_BYTES = {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(128, 160)} | {
    chr(byte): byte for byte in range(256)
}
_TABLE = {ord(character): byte for character, byte in _BYTES.items() if character != "\ufffd"}


def mended(text: str) -> str:
    """The text as it was meant; text that was not spoilt stays as it is.

    `O&#39;Brien` is O'Brien, `JosÃ©` is José. Text with such a pair that cannot be wholly undone stays.
    """
    for _ in range(_MOST_TURNS if "&" in text else 0):
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    for _ in range(_MOST_TURNS):
        if text.isascii() or _TWICE.search(text) is None:
            break
        text = _decoded_again(text)
    return text


def _decoded_again(text: str) -> str:
    try:
        return codecs.charmap_encode(text, "strict", _TABLE)[0].decode()
    except ValueError:
        return text
