"""Names as they stand beside addresses, as a person would write them."""

from __future__ import annotations

import re

from shared.formats.mail.text import decode_words, shown

_PLAIN = re.compile(r"[A-Za-z][A-Za-z.\- ]*[A-Za-z.]")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+", re.ASCII)
_DIRECTORY_NAME = re.compile(r"/o=[^<>]*/cn=", re.IGNORECASE | re.ASCII)
_VIA = re.compile(r"(?:^| )(?:via|[üÜ]ber|tramite|v[íÍ]a) .+$", re.IGNORECASE | re.ASCII)
_BRACKETED_END = re.compile(r" ?(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\})$")
_SUFFIX = re.compile(
    r"(?:inc|incorporated|llc|llp|ltd|limited|gmbh|kg|corp|co|plc|ag|se|s\.?a|s\.?a\.?s|s\.?r\.?l|b\.?v|n\.?v|oy|ab|a\.?s|pty|pte|ph\.? ?d|"
    r"m\.? ?d|mba|msc|m\.?sc|bsc|b\.?sc|m\.?a|b\.?a|esq|cpa|cfa|jr|sr|ii|iii|iv|p\.?e|dds|dvm|pmp|rn|jd|ll\.?m|dipl\.?-?ing|cissp)\.?",
    re.IGNORECASE | re.ASCII,
)
_EDGES = " \"'`,;"
_MOST_WORDS = 3  # of a first or a last name around a comma
_LONGEST = 200
_LONGEST_READ = 1000


def clean_name(name: str, address: str) -> str:
    """The name without what programs add to it; empty where it is the address, or not a name.

    `Smith, John` becomes `John Smith`, `Acme, Inc.` and `John Smith, PhD` stay; `Jane Doe (US) [EXT]` and `Jane Doe via Google Docs`
    lose their ends.
    """
    if _PLAIN.fullmatch(name) and "via " not in name.lower():
        return " ".join(word for word in name.split(" ") if word)[:_LONGEST]
    text = shown(decode_words(name))[:_LONGEST_READ].strip(_EDGES)
    if not text or text.lower() == address or _ADDRESS.fullmatch(text) or _DIRECTORY_NAME.search(text):
        return ""
    ended = None
    while ended != text:
        ended = text
        text = _BRACKETED_END.sub("", text)
    text = _VIA.sub("", text).strip(_EDGES)
    if not text or text.lower() == address or _ADDRESS.fullmatch(text):
        return ""
    return _in_order(text)[:_LONGEST].strip(" ")


def is_suffix(text: str) -> bool:
    """Whether what follows a comma is a title or a legal form, and no first name."""
    return bool(_SUFFIX.fullmatch(text))


def _in_order(name: str) -> str:
    parts = [part.strip(" ") for part in name.split(",")]
    suffix = ""
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):  # noqa: PLR2004 - last, first, suffix
        suffix = f", {parts.pop()}"
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004 - last, first
        return name
    last, first = parts
    if _SUFFIX.fullmatch(first) or len(last.split(" ")) > _MOST_WORDS or len(first.split(" ")) > _MOST_WORDS:
        return name
    return f"{first} {last}{suffix}"
